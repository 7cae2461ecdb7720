package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A job that goes on, or has ended. */
record Work(
        String id,
        String kind,
        String status,
        long done,
        @Nullable Long total,
        @Nullable JsonNode result) {

    boolean goesOn() {
        return status.equals("waiting") || status.equals("running");
    }

    long percent() {
        return total == null || total == 0 ? (goesOn() ? 0 : 100) : Math.min(100, 100 * done / total);
    }
}
