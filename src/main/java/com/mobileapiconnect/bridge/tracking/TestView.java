package com.mobileapiconnect.bridge.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.mobileapiconnect.bridge.delivery.Ended;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test of a connection: an attempt, with a sample or without.
 *
 * @param findings what the system was asked; null if it was sent a sample
 */
record TestView(
        @JsonUnwrapped DeliveryView.AttemptView attempt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Findings.@Nullable View findings) {

    static TestView of(Ended ended) {
        return new TestView(DeliveryView.AttemptView.of(ended), null);
    }

    static TestView of(Findings found, Instant at, long durationMs) {
        boolean ok = found.faults().isEmpty();
        return new TestView(
                new DeliveryView.AttemptView(
                        1,
                        at,
                        durationMs,
                        ok ? "success" : "failure",
                        ok ? null : found.errorClass().wireName(),
                        null,
                        ok ? null : found.faults().get(0).words(),
                        null,
                        null,
                        null),
                found.view());
    }
}
