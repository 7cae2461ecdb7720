package com.mobileapiconnect.bridge.device;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paired phone.
 *
 * @param number  what its messages were sent to, unless its SIM says otherwise
 * @param sims    SIM slot to number, for phones with more than one
 * @param adapter the phone app whose URL its token is good for; null for the bridge's own JSON
 * @param signed  whether the app signs its requests with a secret of its own
 * @param outbox  whether the phone fetches replies, beside an adapter
 * @param manage  whether the phone may set the forward-all webhook's URL
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
        Instant createdAt) {

    /** The number a message was sent to, as far as the pairing tells. */
    public @Nullable String numberOf(@Nullable Integer sim) {
        String ofSim = sim == null ? null : sims.get(sim);
        return ofSim == null ? number : ofSim;
    }
}
