package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook or a connection as the API shows it, as far as its form changes it. */
record ShownTarget(
        @Nullable String id,
        @Nullable String name,
        @Nullable String connector,
        @Nullable String url,
        @Nullable String outboundUrl,
        boolean enabled,
        boolean signing,
        @Nullable String previousValidUntil,
        String status,
        @Nullable String statusReason,
        int concurrency,
        @Nullable Double ratePerSecond,
        boolean ordered,
        @Nullable List<String> events,
        @Nullable String signatureHeader,
        @Nullable JsonNode properties,
        long version) {

    /** The result of a test. */
    record Tried(
            long durationMs,
            @Nullable String outcome,
            @Nullable Integer httpStatus,
            @Nullable String error,
            @Nullable String responseBody) {

        boolean success() {
            return "success".equals(outcome);
        }

        String said() {
            return ShownDelivery.said(httpStatus, success() ? null : error, "");
        }
    }

    String address() {
        return url != null ? url : outboundUrl == null ? "" : outboundUrl;
    }

    boolean isHeld() {
        return !status.equals("active");
    }
}
