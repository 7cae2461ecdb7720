package com.mobileapiconnect.bridge.portal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The state of a delivery, or of a message with all its deliveries. The worst comes first. */
enum Fate {
    FAILED,
    HELD,
    WAITING,
    SKIPPED,
    DELIVERED,
    NOWHERE;

    static Fate ofStatus(String status) {
        return switch (status) {
            case "failed" -> FAILED;
            case "held" -> HELD;
            case "skipped" -> SKIPPED;
            case "delivered" -> DELIVERED;
            default -> WAITING;
        };
    }

    /** Returns the worst of some; a message without deliveries went nowhere. */
    static Fate worst(Collection<Fate> fates) {
        List<Fate> sorted = fates.stream().sorted().toList();
        return sorted.isEmpty() ? NOWHERE : sorted.get(0);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
