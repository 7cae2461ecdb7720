package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.SqlLiterals;
import org.jspecify.annotations.Nullable;

/**
 * The state of a delivery; the order of the constants is the stored form. {@code held} is derived, so it has no
 * constant.
 */
public enum DeliveryState implements WireName {
    PENDING("pending"),
    DELIVERED("delivered"),
    FAILED("failed"),
    SKIPPED("skipped");

    static final String HELD = "held";
    private static final SqlLiterals LITERALS = SqlLiterals.of(values()).and("NEVER", SenderOrder.BLOCKED);

    private final String wireName;

    DeliveryState(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    public int code() {
        return ordinal();
    }

    public static DeliveryState of(int code) {
        return values()[code];
    }

    /** Returns the statement with {@code {PENDING}} and so on as codes, and {@code {NEVER}} as the time that never comes. */
    public static String sql(String statement) {
        return LITERALS.in(statement);
    }

    /** A pending delivery of a target that is not open is held: pausing a million of them changes no row. */
    public String wireName(@Nullable Target target) {
        return held(target) == null ? wireName : HELD;
    }

    /** Returns why a delivery of the target is held; null if it is not. */
    public @Nullable String held(@Nullable Target target) {
        if (this != PENDING || target == null || target.open()) {
            return null;
        }
        return "target-" + (target.enabled() ? target.status().wireName() : "off");
    }
}
