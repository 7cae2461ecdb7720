package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A target with what waits for it, as the API shows it. */
record Lane(
        String id,
        ShownDelivery.Target target,
        String status,
        @Nullable String statusReason,
        boolean enabled,
        long depth,
        int inFlight,
        int concurrency,
        int concurrencyNow,
        @Nullable Double ratePerSecond,
        boolean ordered,
        String breaker,
        @Nullable String waitingUntil,
        @Nullable String oldestDueAt,
        @Nullable LastError lastError) {

    /** Returns the lanes of all targets by their ids. */
    static Map<String, Lane> all(Visit visit) {
        Map<String, Lane> lanes = new TreeMap<>();
        visit.call(Call.get("/v1/targets").with("limit", "500"))
                .list(Lane.class)
                .forEach(lane -> lanes.put(lane.id(), lane));
        return lanes;
    }

    record LastError(
            String at,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String error) {

        String said() {
            return ShownDelivery.said(httpStatus, error, "");
        }
    }

    /** Returns how it does: off, paused, disabled, failing, waiting or well. */
    String health() {
        if (!enabled) {
            return "off";
        } else if (!status.equals("active")) {
            return status;
        } else if (!breaker.equals("closed")) {
            return "failing";
        }
        return oldestDueAt == null ? "well" : "waiting";
    }

    Fate fate() {
        return switch (health()) {
            case "well" -> Fate.DELIVERED;
            case "waiting" -> Fate.WAITING;
            case "failing", "disabled" -> Fate.FAILED;
            case "paused" -> Fate.HELD;
            default -> Fate.NOWHERE;
        };
    }

    /** Returns the page on which it is changed. */
    String path() {
        return switch (target.type()) {
            case "connection" -> "/connections/" + id;
            case "webhook", "operations" -> "/webhooks";
            default -> "/rules";
        };
    }
}
