package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a receiver that count as success.
 *
 * @param success     statuses, at least one
 * @param failureWhen what makes an answer of such a status a failure all the same; null for nothing
 */
public record Answers(
        List<Statuses> success,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FailureWhen failureWhen) {

    public static final Answers DEFAULT = new Answers(List.of(Statuses.OK), null);

    public Answers {
        success = List.copyOf(success);
    }

    /** Returns whether an answer of this status is a success, as long as its content says nothing else. */
    public boolean succeedsBy(int status) {
        for (Statuses each : success) {
            if (each.has(status)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the statuses as people list them: {@code 2xx, 302}. */
    public String statuses() {
        return success.stream().map(Statuses::toString).collect(Collectors.joining(", "));
    }
}
