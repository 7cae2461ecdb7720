package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells that somebody else has changed a thing while its form was open.
 *
 * @param at       the time of the last change; null if the reader may not know
 * @param actor    who made it; null if the reader may not know
 * @param standing what stands now, by the API's names, where something else was typed; empty for nothing there
 */
record Meanwhile(@Nullable String at, @Nullable String actor, Map<String, String> standing) {

    /** The status that says so. */
    static final int CHANGED = 412;

    private static final Set<String> NO_SETTINGS = Set.of("version", "updatedAt", "secret");
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    /**
     * Compares what was typed with what stands.
     *
     * @param id    of the thing, as the log has it
     * @param now   as the API shows it
     * @param typed what the form would make of it
     */
    static Meanwhile of(Visit visit, String id, JsonNode now, JsonNode typed) {
        Map<String, String> standing = differing(now, typed);
        Answer log = visit.call(Call.get("/v1/audit").with("subject", id).with("limit", "1"));
        List<ChangeLog.Change> last = id.isEmpty() || !log.isGood() ? List.of() : log.list(ChangeLog.Change.class);
        return last.isEmpty()
                ? new Meanwhile(null, null, standing)
                : new Meanwhile(last.get(0).at(), last.get(0).actor(), standing);
    }

    /** Returns what stands where something else was typed. A secret is neither compared nor shown. */
    static Map<String, String> differing(JsonNode now, JsonNode typed) {
        Map<String, JsonNode> standing = leaves(now);
        Map<String, JsonNode> wanted = leaves(typed);
        Map<String, String> differing = new LinkedHashMap<>();
        Set<String> all = new LinkedHashSet<>(standing.keySet());
        all.addAll(wanted.keySet());
        for (String at : all) {
            JsonNode stands = standing.get(at);
            JsonNode other = wanted.get(at);
            boolean secret = stands != null && stands.isBoolean() && other != null && other.isTextual();
            if (!secret && !text(stands).equals(text(other)) && differing.size() < MOST) {
                differing.put(at, text(stands));
            }
        }
        return differing;
    }

    private static Map<String, JsonNode> leaves(JsonNode thing) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        thing.properties().stream()
                .filter(each -> !NO_SETTINGS.contains(each.getKey()))
                .forEach(each -> flatten(each.getKey(), each.getValue(), leaves));
        return leaves;
    }

    private static void flatten(String at, JsonNode node, Map<String, JsonNode> into) {
        if (node.isObject()) {
            node.properties().forEach(each -> flatten(at + "." + each.getKey(), each.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(at + "[" + i + "]", node.get(i), into);
            }
        } else {
            into.put(at, node);
        }
    }

    /** Returns a value as people compare it: no value is the same as an empty one, or as what is not so. */
    private static String text(@Nullable JsonNode value) {
        if (value == null || value.isNull() || (value.isBoolean() && !value.booleanValue())) {
            return "";
        }
        String text = value.isNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.asText("").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
