package com.mobileapiconnect.bridge.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that cannot become a running route; nothing was changed. */
public final class RouteRefusedException extends RuntimeException {

    private final List<RouteFault> faults;

    /** @param faults at least one */
    RouteRefusedException(List<RouteFault> faults) {
        super(faults.get(0).said(), null, false, false); // an expected answer: no stack trace to build
        this.faults = List.copyOf(faults);
    }

    RouteRefusedException(String message, @Nullable String hint) {
        this(List.of(RouteFault.of(message, hint)));
    }

    RouteRefusedException(RouteFault fault) {
        this(List.of(fault));
    }

    public List<RouteFault> faults() {
        return faults;
    }
}
