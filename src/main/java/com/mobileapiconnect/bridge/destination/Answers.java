package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a receiver's answers: which count as success, and what they tell the customer.
 *
 * @param success     statuses, at least one
 * @param failureWhen what makes an answer of such a status a failure all the same; null for nothing
 * @param replyFrom   where an answer has the text that goes back to the customer as an SMS; null for nowhere
 */
public record Answers(
        List<Statuses> success,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FailureWhen failureWhen,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSerialize(using = ToStringSerializer.class) @Nullable JsonPointer replyFrom) {

    public static final Answers DEFAULT = new Answers(List.of(Statuses.OK), null, null);

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

    /** Returns whether an answer's content matters: {@link FailureWhen#LOOKED_AT} of its bytes have to be kept then. */
    public boolean readContent() {
        return failureWhen != null || replyFrom != null;
    }

    /**
     * Returns the text in an answer that goes back to the customer; null if there is none.
     *
     * @param status of HTTP; null where the system speaks something else
     */
    public @Nullable String reply(@Nullable Integer status, String answer) {
        if (replyFrom == null || (status != null && (status < 200 || status > 299))) {
            return null;
        }
        JsonNode found = AnswerValue.at(replyFrom, answer);
        boolean isText =
                (found.isTextual() || found.isNumber()) && !found.asText().isBlank();
        return isText ? found.asText() : null;
    }

    /** Returns the statuses as people list them: {@code 2xx, 302}. */
    public String statuses() {
        return success.stream().map(Statuses::toString).collect(Collectors.joining(", "));
    }
}
