package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.jspecify.annotations.Nullable;

/** Tells answers that report a failure although their status is that of a success. */
public sealed interface FailureWhen {

    /** Bytes of an answer that are looked at; what comes after them counts as not there. */
    int LOOKED_AT = 16 << 10;

    /** Returns what makes this answer a failure, for people; null if nothing does. */
    @Nullable String reason(String answer);

    /** Matches an answer that has this text anywhere, in the same case. */
    record Contains(String contains) implements FailureWhen {

        @Override
        public @Nullable String reason(String answer) {
            return answer.contains(contains) ? "the answer contains \"" + contains + "\"" : null;
        }
    }

    /**
     * Matches JSON that has a value at this place, or JSON that has none. A null counts as no value, and an answer that is
     * no JSON has no value anywhere.
     */
    record Exists(
            @JsonSerialize(using = ToStringSerializer.class) JsonPointer pointer, boolean exists)
            implements FailureWhen {

        @Override
        public @Nullable String reason(String answer) {
            JsonNode found = AnswerValue.at(pointer, answer);
            boolean isThere = !found.isMissingNode() && !found.isNull();
            if (isThere != exists) {
                return null;
            }
            return exists ? said(pointer, found) : "the answer has no " + pointer;
        }
    }

    /**
     * Matches JSON that has this value at this place.
     *
     * @param value a text, a number or a boolean; numbers are compared by what they are worth
     */
    record Equal(
            @JsonSerialize(using = ToStringSerializer.class) JsonPointer pointer,
            @JsonProperty("equals") JsonNode value)
            implements FailureWhen {

        @Override
        public @Nullable String reason(String answer) {
            JsonNode found = AnswerValue.at(pointer, answer);
            boolean same = value.isNumber() && found.isNumber()
                    ? value.decimalValue().compareTo(found.decimalValue()) == 0
                    : value.equals(found);
            return same ? said(pointer, found) : null;
        }
    }

    private static String said(JsonPointer pointer, JsonNode found) {
        return "the answer's " + pointer + " is " + (found.isContainerNode() ? "there" : found);
    }
}
