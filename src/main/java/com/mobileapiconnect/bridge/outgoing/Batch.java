package com.mobileapiconnect.bridge.outgoing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SMS that a phone is handed at once; empty when there is nothing to send. */
record Batch(List<Sms> messages) {

    static final Batch NOTHING = new Batch(List.of());

    /** An SMS to send. */
    record Sms(
            String id,
            String to,
            String text,
            @Nullable String ref,
            @Nullable Integer sim) {}

    static Batch of(List<Outgoing> leased) {
        return new Batch(leased.stream()
                .map(sms -> new Sms(sms.id(), sms.to(), sms.text(), sms.ref(), sms.sim()))
                .toList());
    }
}
