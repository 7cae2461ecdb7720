package com.mobileapiconnect.bridge.entry;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The step of a route that an exchange is in, in words for people. */
public final class StepName {

    private StepName() {}

    /** Returns the last step that began if it is between two. */
    public static String of(@Nullable Exchange exchange) {
        String id = exchange == null ? null : exchange.getExchangeExtension().getHistoryNodeId();
        return exchange == null || id == null
                ? "no step"
                : "the step " + id + " (" + exchange.getExchangeExtension().getHistoryNodeLabel() + ")";
    }
}
