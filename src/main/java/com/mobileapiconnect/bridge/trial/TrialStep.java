package com.mobileapiconnect.bridge.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step that a trial took.
 *
 * @param line       of the text; 0 if Camel does not say
 * @param step       its kind, as in the text
 * @param body       after it, bounded; null if there is none
 * @param properties after it
 * @param calls      what it would have called
 * @param error      its failure
 */
record TrialStep(
        String id,
        int line,
        String step,
        String label,
        @Nullable String body,
        Map<String, String> properties,
        Map<String, String> headers,
        List<String> calls,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error) {}
