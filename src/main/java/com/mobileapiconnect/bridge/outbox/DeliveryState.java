package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.target.Target;
import org.jspecify.annotations.Nullable;

/** Where a delivery stands; the order is the stored form. {@code held} is not among them: it is derived. */
enum DeliveryState {
    PENDING("pending"),
    DELIVERED("delivered"),
    FAILED("failed"),
    SKIPPED("skipped");

    static final String HELD = "held";

    private final String wireName;

    DeliveryState(String wireName) {
        this.wireName = wireName;
    }

    int code() {
        return ordinal();
    }

    static DeliveryState of(int code) {
        return values()[code];
    }

    /** A pending delivery of a target that is not open is held: pausing a million of them changes no row. */
    String wireName(@Nullable Target target) {
        return this == PENDING && target != null && !target.open() ? HELD : wireName;
    }
}
