package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paired phone.
 *
 * @param number    the recipient of its messages, unless its SIM says otherwise
 * @param sims      SIM slot to number, for phones with more than one
 * @param adapter   the phone app at whose URL the token is valid; null for the bridge's own JSON
 * @param signed    whether the app signs its requests with a secret of its own
 * @param outbox    whether the phone fetches replies, beside an adapter
 * @param manage    whether the phone may set the forward-all webhook's URL
 * @param metadata  what the tenant attached to it
 * @param transport the way of SMS to customers
 * @param zone      where times are from that the phone gives without one; null for UTC
 */
public record Device(
        String id,
        String tenantId,
        String name,
        @Nullable String number,
        Map<Integer, String> sims,
        @Nullable String adapter,
        boolean signed,
        boolean outbox,
        boolean manage,
        Map<String, String> metadata,
        Transport transport,
        @Nullable ZoneId zone,
        Instant createdAt) {

    public ZoneId zoneOrUtc() {
        return zone == null ? ZoneOffset.UTC : zone;
    }

    /** Returns the number that a message was sent to, as far as the pairing defines it. */
    public @Nullable String numberOf(@Nullable Integer sim) {
        String ofSim = sim == null ? null : sims.get(sim);
        return ofSim == null ? number : ofSim;
    }

    /** Returns whether one of the device's numbers has this {@link PhoneNumber#key}. */
    public boolean hasNumber(String key) {
        return (number != null && PhoneNumber.key(number).equals(key))
                || sims.values().stream().anyMatch(sim -> PhoneNumber.key(sim).equals(key));
    }

    /** Returns whether the device sends SMS, which it fetches or is pushed. */
    public boolean sends() {
        return fetches() || !(transport instanceof Transport.Poll);
    }

    /** Returns whether the device's token is valid for fetching. */
    public boolean fetches() {
        return transport instanceof Transport.Poll && (adapter == null || outbox);
    }
}
