package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A condition as a form shows it: groups within groups, to any depth that the API takes. Nothing is simplified: what was
 * read and not changed is written as it was.
 */
sealed interface Condition {

    /** The fields, each with its comparisons. */
    Map<String, List<String>> OPS = Map.of(
            "text", List.of("keyword", "contains", "equals", "startsWith", "endsWith", "regex", "in", "exists"),
            "from", List.of("equals", "startsWith", "endsWith", "contains", "regex", "in", "exists"),
            "to", List.of("equals", "startsWith", "endsWith", "contains", "regex", "in", "exists"),
            "device", List.of("equals", "in", "exists"),
            "sim", List.of("equals", "in", "exists"),
            "receivedAt", List.of("between", "exists"));

    List<String> FIELDS = List.of("text", "from", "to", "device", "sim", "receivedAt");
    List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    /** The comparisons for which white space around a text can count. */
    Set<String> TRIMMING = Set.of("equals", "in", "startsWith", "endsWith", "keyword");

    /** Returns whether it must not hold. */
    boolean not();

    /** Returns the condition as the API takes it, without its own {@code not}. */
    JsonNode plain();

    default JsonNode json() {
        return not() ? negated(plain()) : plain();
    }

    private static ObjectNode negated(JsonNode inner) {
        return Answer.JSON.createObjectNode().set("not", inner);
    }

    /**
     * Parts of which all or any must hold, or one that must not.
     *
     * @param of   {@code all}, {@code any} or {@code not}
     * @param bare whether the form has put it around what stands alone
     */
    record Group(String of, boolean not, boolean bare, List<Condition> parts) implements Condition {

        static final Group NOTHING = new Group("all", false, true, List.of());

        @Override
        public JsonNode plain() {
            if (parts.size() == 1 && (of.equals("not") || (bare && !not))) {
                JsonNode only = parts.get(0).json();
                return of.equals("not") ? negated(only) : only;
            }
            ArrayNode list = Answer.JSON.createArrayNode();
            parts.forEach(part -> list.add(part.json()));
            return Answer.JSON.createObjectNode().set(of, list);
        }

        /** Returns the name of a part in the API's errors. */
        String at(String own, int part) {
            String inner = own + (not ? ".not" : "");
            if (parts.size() == 1 && (of.equals("not") || (bare && !not))) {
                return of.equals("not") ? inner + ".not" : inner;
            }
            return inner + "." + of + "[" + part + "]";
        }
    }

    /**
     * A comparison.
     *
     * @param value as it was typed; one to a line for {@code in}
     */
    record Leaf(String field, String op, boolean not, String value, boolean caseSensitive, boolean exact, Hours hours)
            implements Condition {

        static final Leaf FIRST = new Leaf("text", "keyword", false, "", false, false, Hours.OFFICE);

        @Override
        public JsonNode plain() {
            ObjectNode leaf = Answer.JSON.createObjectNode().put("field", field).put("op", op);
            switch (op) {
                case "between" -> leaf.set("value", hours.json());
                case "exists" -> {
                    if (!value.isEmpty()) {
                        leaf.put("value", value.equals("true"));
                    }
                }
                case "in" -> {
                    ArrayNode list = leaf.putArray("value");
                    value.lines().filter(line -> !line.isBlank()).forEach(line -> list.add(written(line)));
                }
                default -> leaf.set("value", written(value));
            }
            if (caseSensitive) {
                leaf.put("caseSensitive", true);
            }
            if (exact) {
                leaf.put("exact", true);
            }
            return leaf;
        }

        private JsonNode written(String typed) {
            return field.equals("sim") && typed.strip().matches("\\d{1,9}")
                    ? JsonNodeFactory.instance.numberNode(Integer.parseInt(typed.strip()))
                    : JsonNodeFactory.instance.textNode(typed);
        }
    }

    /** A part that no field of a form can say. */
    record Raw(String text) implements Condition {

        @Override
        public boolean not() {
            return false;
        }

        @Override
        public JsonNode plain() {
            try {
                return Answer.JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return JsonNodeFactory.instance.textNode(text);
            }
        }
    }

    /** Hours of some days of the week; no days are all. */
    record Hours(Set<String> days, String from, String to, String zone) {

        private static final Set<String> WORKDAYS = new LinkedHashSet<>(DAYS.subList(0, 5));

        static final Hours OFFICE = office("");

        /** @param zone empty if it is not known */
        static Hours office(String zone) {
            return new Hours(WORKDAYS, "09:00", "18:00", zone.isEmpty() ? "UTC" : zone);
        }

        private static Hours of(JsonNode json) {
            Set<String> days = new LinkedHashSet<>();
            json.path("days").forEach(day -> days.add(day.asText()));
            return new Hours(
                    days,
                    json.path("from").asText(),
                    json.path("to").asText(),
                    json.path("zone").asText());
        }

        private ObjectNode json() {
            ObjectNode json = Answer.JSON.createObjectNode();
            if (!days.isEmpty()) {
                ArrayNode list = json.putArray("days");
                days.forEach(list::add);
            }
            return json.put("from", from).put("to", to).put("zone", zone);
        }
    }

    /** Reads the condition of a rule, as a group in which further conditions have their place. */
    static Group of(JsonNode when) {
        if (when.isNull() || when.isMissingNode()) {
            return Group.NOTHING;
        }
        return part(when) instanceof Group group ? group : new Group("all", false, true, List.of(part(when)));
    }

    private static Condition part(JsonNode json) {
        boolean not = json.size() == 1 && json.has("not");
        JsonNode inner = not ? json.get("not") : json;
        Condition read = plain(inner, not);
        // What would not be written as it was read is shown as it was read.
        return read.json().equals(json) ? read : new Raw(json.toPrettyString());
    }

    private static Condition plain(JsonNode json, boolean not) {
        if (json.size() == 1 && json.has("not")) {
            return new Group("not", false, false, List.of(part(json)));
        }
        for (String of : List.of("all", "any")) {
            if (json.size() == 1 && json.path(of).isArray()) {
                List<Condition> parts = new ArrayList<>();
                json.get(of).forEach(each -> parts.add(part(each)));
                return new Group(of, not, false, parts);
            }
        }
        return leaf(json, not);
    }

    private static Condition leaf(JsonNode json, boolean not) {
        JsonNode value = json.path("value");
        String written = value.isArray()
                ? String.join(
                        "\n",
                        StreamSupport.stream(value.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList())
                : value.isValueNode() ? value.asText() : "";
        return new Leaf(
                json.path("field").asText(),
                json.path("op").asText(),
                not,
                written,
                json.path("caseSensitive").asBoolean(),
                json.path("exact").asBoolean(),
                value.isObject() ? Hours.of(value) : Hours.OFFICE);
    }
}
