package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message with its story, as the API shows it. */
record ShownMessage(
        String id,
        String deviceId,
        @Nullable String phoneId,
        String from,
        @Nullable String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        String receivedAt,
        String acceptedAt,
        Map<String, Boolean> flags,
        @Nullable String matchedRuleId,
        List<Trace> evaluation,
        List<ShownDelivery> deliveries,
        @Nullable JsonNode asSent,
        @Nullable JsonNode raw) {

    private static final int SHORT = 160;

    /** The judgement of a rule about it. */
    record Trace(String ruleId, String name, boolean matched, boolean leftOut, List<Leaf> predicates) {}

    record Leaf(String field, String op, JsonNode value, JsonNode actual, boolean result, boolean leftOut) {}

    /** Returns the fate of what was to be delivered: a reply that a guard kept back says nothing about the rest. */
    Fate fate() {
        return Fate.worst(due().stream().map(ShownDelivery::fate).toList());
    }

    /** Returns all deliveries without replies that a guard kept back; with those where there are no others. */
    List<ShownDelivery> due() {
        List<ShownDelivery> due =
                deliveries.stream().filter(each -> !each.isSuppressed()).toList();
        return due.isEmpty() ? deliveries : due;
    }

    List<ShownDelivery> suppressed() {
        return deliveries.stream().filter(ShownDelivery::isSuppressed).toList();
    }

    /** Returns the beginning of the text, for lists. */
    String shortText() {
        return text.length() <= SHORT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, SHORT))) + "…";
    }

    List<ShownDelivery> of(Fate fate) {
        return deliveries.stream().filter(each -> each.fate() == fate).toList();
    }

    List<Trace> matched() {
        return evaluation.stream().filter(Trace::matched).toList();
    }
}
