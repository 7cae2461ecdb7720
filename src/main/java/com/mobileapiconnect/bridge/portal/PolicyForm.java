package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A target's redelivery policy, as the forms of connections and webhooks show it: a field for each of its parts. */
final class PolicyForm {

    /** The beginning of the names of the fields, and of what the API says of them. */
    static final String POLICY = "redelivery";

    /** The parts in the order in which they are shown, each with what stands where nothing is set. */
    static final Map<String, String> PARTS = parts();

    private static final Set<String> NUMBERS = Set.of("maxAttempts", "multiplier", "jitter");

    private PolicyForm() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("maxAttempts", "20");
        parts.put("initialDelay", "PT5S");
        parts.put("multiplier", "4");
        parts.put("maxDelay", "PT6H");
        parts.put("jitter", "0.2");
        parts.put("timeout", "PT8S");
        return parts;
    }

    /** Returns the name of a part's field. */
    static String field(String part) {
        return POLICY + "." + part;
    }

    /**
     * Returns what is in the fields.
     *
     * @param typed the form as it was typed; null for what stands
     */
    static Map<String, String> values(JsonNode target, @Nullable Form typed) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : PARTS.keySet()) {
            JsonNode value = target.path(POLICY).path(part);
            String standing =
                    value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText("");
            values.put(field(part), typed == null ? standing : typed.get(field(part)));
        }
        return values;
    }

    /** Puts what was typed into a target; an empty field gets its default. A form without such fields changes nothing. */
    static void put(Form form, ObjectNode wanted) {
        if (!form.fields().containsKey(field("maxAttempts"))) {
            return;
        }
        ObjectNode policy = wanted.putObject(POLICY);
        for (String part : PARTS.keySet()) {
            String typed = form.get(field(part));
            if (typed.isEmpty()) {
                continue;
            }
            try {
                if (NUMBERS.contains(part)) {
                    policy.put(part, new BigDecimal(typed));
                } else {
                    policy.put(part, typed);
                }
            } catch (NumberFormatException e) {
                policy.put(part, typed); // then the API says what is wrong with it
            }
        }
    }

    /** Returns whether the API found something wrong with the policy. */
    static boolean isWrong(Map<String, String> errors) {
        return HttpForm.isWrong(errors, POLICY);
    }
}
