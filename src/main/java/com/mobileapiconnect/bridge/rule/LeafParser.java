package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.rule.Check.Place;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one leaf: {@code {"field":…,"op":…,"value":…,"caseSensitive":…}}. A method that returns null has reported the
 * problem.
 */
final class LeafParser {

    static final int MAX_VALUE = 1_000;
    static final int MAX_LIST = 1_000;

    private static final Set<String> MEMBERS = Set.of("field", "op", "value", "caseSensitive");

    private final PredicateErrors problems;
    private final RegexParser regexes;

    LeafParser(PredicateErrors problems, Expressions expressions) {
        this.problems = problems;
        this.regexes = new RegexParser(problems, expressions);
    }

    @Nullable Predicate parse(JsonNode json, String path) {
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                problems.unknown(path, name, "field, op, value and caseSensitive");
            }
        });
        Field field = WireName.find(Field.class, json.path("field").asText()).orElse(null);
        if (field == null) {
            problems.add(path + ".field", "must be one of " + Field.NAMES);
            return null;
        }
        Op op = WireName.find(Op.class, json.path("op").asText()).orElse(null);
        if (op == null || !op.appliesTo(field)) {
            problems.add(path + ".op", "must be one of " + Op.namesFor(field) + " for " + field.wireName());
            return null;
        }
        boolean caseSensitive = caseSensitive(json.path("caseSensitive"), field, op, path + ".caseSensitive");
        JsonNode value = json.path("value");
        if (op == Op.EXISTS && (value.isMissingNode() || value.isNull())) {
            value = BooleanNode.TRUE;
        }
        Check check = check(field, op, value, caseSensitive, path + ".value");
        return check == null ? null : new Predicate.Leaf(field, op, value, check);
    }

    private boolean caseSensitive(JsonNode json, Field field, Op op, String path) {
        if (json.isMissingNode()) {
            return false;
        }
        if (!json.isBoolean()) {
            problems.add(path, "must be true or false");
        } else if (json.booleanValue() && (field != Field.TEXT || op == Op.EXISTS)) {
            problems.add(path, "must be omitted here: only comparisons of the text can be case-sensitive");
        }
        return json.booleanValue();
    }

    private @Nullable Check check(Field field, Op op, JsonNode value, boolean caseSensitive, String path) {
        return switch (op) {
            case EQUALS -> {
                String operand = operand(field, value, caseSensitive, path);
                yield operand == null
                        ? null
                        : field.isNumber()
                                ? number(field, List.of(value.textValue()))
                                : new Check.Same(field.view(caseSensitive), operand);
            }
            case CONTAINS -> part(field, value, caseSensitive, path, Check.Anywhere::new);
            case STARTS_WITH ->
                part(field, value, caseSensitive, path, field.isNumber() ? LeafParser::beginning : edge(Place.START));
            case ENDS_WITH -> part(field, value, caseSensitive, path, edge(Place.END));
            case KEYWORD -> keyword(value, caseSensitive, path);
            case REGEX -> {
                String pattern = string(value, path, RegexParser.MAX_REGEX);
                yield pattern == null ? null : regexes.parse(pattern, field, caseSensitive, path);
            }
            case IN -> oneOf(field, value, caseSensitive, path);
            case BETWEEN -> {
                Window window = new WindowParser(problems).parse(value, path);
                yield window == null ? null : new Check.Within(window);
            }
            case EXISTS -> {
                if (!value.isBoolean()) {
                    problems.add(path, "must be true or false; omitted means true");
                    yield null;
                }
                yield new Check.Exists(field, value.booleanValue());
            }
        };
    }

    private static BiFunction<View, String, Check> edge(Place place) {
        return (view, operand) -> new Check.Edge(view, place, operand);
    }

    /** No key begins with the 00 that stands for a plus. */
    private static Check beginning(View view, String operand) {
        boolean plus = operand.length() > 2 && operand.startsWith("00") && operand.charAt(2) != '0';
        return new Check.Edge(view, Place.START, plus ? operand.substring(2) : operand);
    }

    private @Nullable Check part(
            Field field, JsonNode value, boolean caseSensitive, String path, BiFunction<View, String, Check> check) {
        String operand = operand(field, value, caseSensitive, path);
        if (operand == null) {
            return null;
        }
        if (operand.isEmpty()) {
            problems.add(path, "must not be empty: an empty value matches every text");
            return null;
        }
        return check.apply(field.view(caseSensitive), operand);
    }

    private @Nullable Check keyword(JsonNode value, boolean caseSensitive, String path) {
        String word = string(value, path, MAX_VALUE);
        if (word == null) {
            return null;
        }
        if (!Keyword.isOneWord(word)) {
            problems.add(path, "must be a single word: only the first word of a text is compared with it");
            return null;
        }
        String operand = Keyword.of(word);
        return caseSensitive
                ? new Check.Same(View.WORD, operand)
                : new Check.Same(View.WORD_FOLDED, Folding.fold(operand));
    }

    private @Nullable Check oneOf(Field field, JsonNode value, boolean caseSensitive, String path) {
        if (!value.isArray() || value.isEmpty() || value.size() > MAX_LIST) {
            problems.add(path, "must be a list of 1 to " + MAX_LIST + " values");
            return null;
        }
        Set<String> operands = new HashSet<>();
        boolean good = true;
        for (int i = 0; i < value.size(); i++) {
            String operand = operand(field, value.path(i), caseSensitive, path + "[" + i + "]");
            if (operand == null) {
                good = false;
            } else {
                operands.add(operand);
            }
        }
        if (!good) {
            return null;
        }
        if (field.isNumber()) {
            List<String> spellings = new ArrayList<>();
            value.forEach(spelling -> spellings.add(spelling.textValue()));
            return number(field, spellings);
        }
        return new Check.OneOf(field.view(caseSensitive), Set.copyOf(operands));
    }

    private static Check number(Field field, List<String> spellings) {
        Map<Boolean, Set<String>> operands = spellings.stream()
                .collect(Collectors.partitioningBy(
                        PhoneNumber::isInternational,
                        Collectors.mapping(PhoneNumber::key, Collectors.toUnmodifiableSet())));
        return new Check.OneNumber(
                field.view(true),
                Objects.requireNonNull(operands.get(true)),
                Objects.requireNonNull(operands.get(false)));
    }

    private @Nullable String operand(Field field, JsonNode value, boolean caseSensitive, String path) {
        if (field == Field.SIM) {
            return slot(value, path);
        }
        String string = string(value, path, MAX_VALUE);
        if (string == null) {
            return null;
        }
        if (field.isNumber() && string.codePoints().noneMatch(Character::isLetterOrDigit)) {
            problems.add(path, "must contain the digits of a number, or a sender's name");
            return null;
        }
        return field.operand(string, caseSensitive);
    }

    private @Nullable String slot(JsonNode value, String path) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return Integer.toString(value.intValue());
        }
        String text = value.isTextual() ? value.textValue() : "";
        if (text.matches("[0-9]{1,9}")) {
            return Integer.toString(Integer.parseInt(text));
        }
        problems.add(path, "must be the number of a SIM slot, such as 1");
        return null;
    }

    private @Nullable String string(JsonNode value, String path, int max) {
        if (!value.isTextual()) {
            problems.add(path, "must be a string of at most " + max + " characters");
            return null;
        }
        String text = value.textValue();
        if (text.length() > max) {
            problems.add(path, "must have at most " + max + " characters; it has " + text.length());
            return null;
        }
        return text;
    }
}
