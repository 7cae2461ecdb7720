package com.mobileapiconnect.bridge.route;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of routes as it is now.
 *
 * @param text      what runs; null if nothing does
 * @param cell      as it runs; null if nothing does, or if there is no route in it
 * @param version   of the text; 0 for the product's own that nobody has edited
 * @param updatedAt the time of that version; null for version 0
 * @param failure   why the newest text does not run; null if it does
 */
record LiveRoute(
        String name,
        @Nullable RouteText text,
        @Nullable Cell cell,
        long version,
        @Nullable Instant updatedAt,
        @Nullable List<RouteFault> failure) {

    static LiveRoute none(String name) {
        return new LiveRoute(name, null, null, 0, null, null);
    }

    LiveRoute running(RouteText now, @Nullable Cell in, long as, @Nullable Instant since) {
        return new LiveRoute(name, now, in, as, since, null);
    }

    LiveRoute failed(@Nullable List<RouteFault> why) {
        return new LiveRoute(name, text, cell, version, updatedAt, why);
    }

    LiveRoute renewed(@Nullable Cell in) {
        return new LiveRoute(name, text, in, version, updatedAt, failure);
    }

    boolean runs(String other) {
        return text != null && text.text().equals(other);
    }
}
