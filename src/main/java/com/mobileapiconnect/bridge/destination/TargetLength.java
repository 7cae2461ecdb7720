package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The length of a tenant's targets, which stay in memory. */
final class TargetLength {

    /** Largest length of all targets of a tenant together, in characters. */
    static final int MOST = 4 << 20;

    /** Characters that each value and each header counts beside its own: it takes memory however short it is. */
    static final int EACH = 64;

    private TargetLength() {}

    /** Returns roughly the characters that a target takes in memory. */
    static long of(Target target) {
        HttpOptions http = target.http();
        return length(target.name())
                + length(target.url())
                + length(target.properties().plain())
                + secrets(target.properties().secrets().values())
                + secrets(http.headers().values())
                + http.headers().keySet().stream().mapToLong(String::length).sum()
                + (http.auth() == null ? 0 : http.auth().secret().reveal().length())
                + length(http.tls())
                + target.when().length()
                + target.form().metadata().entrySet().stream()
                        .mapToLong(each -> length(each.getKey()) + length(each.getValue()))
                        .sum();
    }

    /**
     * Checks that a tenant's targets do not grow beyond what is allowed. Those that are longer already stay usable, and may
     * become shorter.
     *
     * @param field that made them longer, for the {@link Problem}
     */
    static void check(String field, long before, long after) {
        if (after > MOST && after > before) {
            throw Problem.invalid(
                    field,
                    "must be shorter: all connections of a tenant together may have " + MOST
                            + " characters, each value counting " + EACH + " more, and would have " + after);
        }
    }

    private static long length(HttpOptions.@Nullable Tls tls) {
        return tls == null
                ? 0
                : length(tls.clientCertificate())
                        + length(tls.ca())
                        + (tls.clientKey() == null
                                ? 0
                                : tls.clientKey().reveal().length());
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static long secrets(Collection<Redacted> secrets) {
        return secrets.stream()
                .mapToLong(secret -> EACH + secret.reveal().length())
                .sum();
    }

    private static long length(JsonNode json) {
        long length = EACH + (json.isTextual() ? json.textValue().length() : 0);
        for (JsonNode each : json) {
            length += length(each);
        }
        for (var field : json.properties()) {
            length += field.getKey().length();
        }
        return length;
    }
}
