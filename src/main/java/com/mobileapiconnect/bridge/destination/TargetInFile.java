package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A target as the configuration file has it: what the API shows, without what changes by itself, and with {@code true} for
 * each secret that there is.
 */
final class TargetInFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final Set<String> DERIVED =
            Set.of("signing", "previousValidUntil", "status", "statusReason", "version", "createdAt", "updatedAt");

    private TargetInFile() {}

    static Map<String, Object> connection(Target target) {
        return of(target, ConnectionView.of(target, Instant.EPOCH));
    }

    static Map<String, Object> webhook(Target target) {
        return of(target, WebhookView.of(target, TargetView.of(target, Instant.EPOCH)));
    }

    private static Map<String, Object> of(Target target, Record view) {
        Map<String, Object> plain = JSON.convertValue(view, new TypeReference<Map<String, Object>>() {});
        plain.keySet().removeAll(DERIVED);
        if (target.signing().current() != null) {
            plain.put("secret", true);
        }
        return plain;
    }
}
