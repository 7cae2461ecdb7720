package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.gateway.AppSettings;
import com.mobileapiconnect.bridge.gateway.PairedAs;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import java.time.Duration;
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
 * @param app       what the pairing says about that app
 * @param signed    whether the app signs its requests with a secret of its own
 * @param outbox    whether the phone fetches replies, beside an adapter
 * @param manage    whether the phone may set the forward-all webhook's URL
 * @param metadata  what the tenant attached to it
 * @param transport the way of SMS to customers
 * @param zone      where times are from that the phone gives without one; null for UTC
 * @param region    where it is, as an ISO 3166 code; null for where its number or its tenant is
 * @param silentAfter how long without a call counts as silence; null for the setting of all
 */
public record Device(
        String id,
        String tenantId,
        String name,
        @Nullable String number,
        Map<Integer, String> sims,
        @Nullable String adapter,
        AppSettings app,
        boolean signed,
        boolean outbox,
        boolean manage,
        Map<String, String> metadata,
        Transport transport,
        @Nullable ZoneId zone,
        @Nullable String region,
        @Nullable Duration silentAfter,
        Instant createdAt) {

    /** Returns a device that has only its identity yet. */
    public static Device blank(String id, String tenantId, Instant now) {
        return new Device(
                id,
                tenantId,
                "",
                null,
                Map.of(),
                null,
                AppSettings.NONE,
                false,
                false,
                false,
                Map.of(),
                Transport.POLL,
                null,
                null,
                null,
                now);
    }

    /** Returns the device with what a request may keep although it replaces everything. */
    Device keeping(@Nullable String oldAdapter, Transport oldTransport) {
        return new Device(
                id,
                tenantId,
                name,
                number,
                sims,
                oldAdapter,
                app,
                signed,
                outbox,
                manage,
                metadata,
                oldTransport,
                zone,
                region,
                silentAfter,
                createdAt);
    }

    /** Returns the path at which the device hands over. */
    String inboundPath(String token) {
        return adapter == null ? "/v1/inbound" : "/v1/inbound/" + adapter + "/" + token;
    }

    /** Returns how long the phone may be silent. */
    public Duration silentAfterOr(Duration usual) {
        return silentAfter == null ? usual : silentAfter;
    }

    /** @param hasKey whether the device has a signing key */
    public PairedAs pairedAs(boolean hasKey) {
        return new PairedAs(app, hasKey, zone);
    }

    public ZoneId zoneOrUtc() {
        return zone == null ? ZoneOffset.UTC : zone;
    }

    /** Returns the number that a message was sent to, as far as the pairing defines it. */
    public @Nullable String numberOf(@Nullable Integer sim) {
        String ofSim = sim == null ? null : sims.get(sim);
        return ofSim == null ? number : ofSim;
    }

    /**
     * Returns the SIM slot that a message to this number came by; null if no SIM has it, or more than one.
     *
     * @param in the region by which the number is read
     */
    public @Nullable Integer simOf(String to, @Nullable String in) {
        Integer found = null;
        for (Map.Entry<Integer, String> sim : sims.entrySet()) {
            if (isSame(sim.getValue(), to, in)) {
                if (found != null) {
                    return null;
                }
                found = sim.getKey();
            }
        }
        return found;
    }

    /** Returns whether one of the device's numbers may be this one, in whatever spelling. */
    public boolean mayHave(String other, @Nullable String in) {
        return (number != null && isSame(number, other, in))
                || sims.values().stream().anyMatch(sim -> isSame(sim, other, in));
    }

    private static boolean isSame(String own, String other, @Nullable String in) {
        return PhoneNumber.mayBeOneLine(own, other)
                || (in != null
                        && PhoneNumber.endAlike(own, other) // reading a number takes longer
                        && Region.key(own, in).equals(Region.key(other, in)));
    }

    /** Returns whether the device sends SMS, which it fetches, or its app asks for, or is pushed. */
    public boolean sends() {
        return fetches() || app.asks() || !(transport instanceof Transport.Poll);
    }

    /** Returns whether the device's token is valid for fetching. */
    public boolean fetches() {
        return transport instanceof Transport.Poll && (adapter == null || outbox);
    }
}
