package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Returns the counts of its result that have a name on the page, by these names. */
    Map<String, Long> counts(Texts texts) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (result != null) {
            result.properties().forEach(each -> {
                String name = "result." + each.getKey();
                if (each.getValue().isIntegralNumber() && texts.has(name)) {
                    counts.put(texts.get(name), each.getValue().asLong());
                }
            });
        }
        return counts;
    }

    long percent() {
        return total == null || total == 0 ? (goesOn() ? 0 : 100) : Math.min(100, 100 * done / total);
    }
}
