package com.mobileapiconnect.bridge.destination;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target as the API shows it; whether it signs, never with what. */
public final class TargetView {

    private TargetView() {}

    static Map<String, @Nullable Object> webhook(Target target, Instant now) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("url", target.url());
        common(view, target, now);
        return view;
    }

    public static Map<String, @Nullable Object> connection(Target target, Instant now) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", target.id());
        view.put("name", target.name());
        view.put("connector", target.connector());
        view.put("outboundUrl", target.url());
        view.put("when", target.when().toJson());
        view.put("properties", target.properties());
        common(view, target, now);
        return view;
    }

    private static void common(Map<String, @Nullable Object> view, Target target, Instant now) {
        Signing signing = target.signing();
        view.put("enabled", target.enabled());
        view.put("signing", signing.current() != null);
        view.put("previousValidUntil", signing.previousAt(now) == null ? null : signing.previousUntil());
        view.put("status", target.status().wireName());
        view.put("statusReason", target.statusReason());
        view.put("redelivery", TargetRows.policyJson(target.redelivery()));
        view.put("concurrency", target.pace().concurrency());
        view.put("ratePerSecond", target.pace().ratePerSecond());
        view.put("ordered", target.pace().ordered());
        view.put("http", HttpOptionsView.shown(target.http()));
        Duration expiresAfter = target.pace().expiresAfter();
        view.put("expiresAfter", expiresAfter == null ? null : expiresAfter.toString());
        view.put("createdAt", target.createdAt());
        view.put("updatedAt", target.updatedAt());
    }
}
