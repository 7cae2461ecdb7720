package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.rule.Check.Place;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one leaf: {@code {"field":…,"op":…,"value":…,"caseSensitive":…,"exact":…}}. A method that returns null has reported the
 * problem.
 */
final class LeafParser {

    static final int MAX_VALUE = 1_000;
    static final int MAX_LIST = 1_000;
    private static final int MAX_SLOT_DIGITS = 9;

    private static final Set<String> MEMBERS = Set.of("field", "op", "value", "caseSensitive", "exact");
    private static final Set<Op> TRIMMING = EnumSet.of(Op.EQUALS, Op.IN, Op.STARTS_WITH, Op.ENDS_WITH, Op.KEYWORD);

    private final PredicateErrors problems;
    private final RegexParser regexes;
    private final boolean isNew;

    /**
     * The way in which a text is compared.
     *
     * @param exact with what is not seen at its ends, as other fields always are
     */
    private record Manner(boolean caseSensitive, boolean exact) {

        View view(Field field) {
            return exact ? field.view(caseSensitive) : field.trimmedView(caseSensitive);
        }
    }

    /** @param isNew whether the condition is being set; what was accepted by an earlier version stays */
    LeafParser(PredicateErrors problems, Expressions expressions, boolean isNew) {
        this.problems = problems;
        this.regexes = new RegexParser(problems, expressions);
        this.isNew = isNew;
    }

    @Nullable Predicate parse(JsonNode json, String path) {
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                problems.unknown(path, name, "field, op, value, caseSensitive and exact");
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
        boolean exact = exact(json.path("exact"), field, op, path + ".exact");
        Manner manner = new Manner(
                caseSensitive(json.path("caseSensitive"), field, op, path + ".caseSensitive"),
                exact || field != Field.TEXT);
        JsonNode value = json.path("value");
        if (op == Op.EXISTS && (value.isMissingNode() || value.isNull())) {
            value = BooleanNode.TRUE;
        }
        Check check = check(field, op, value, manner, path + ".value");
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

    private boolean exact(JsonNode json, Field field, Op op, String path) {
        if (!json.isMissingNode() && !json.isBoolean()) {
            problems.add(path, "must be true or false");
        } else if (json.booleanValue() && (field != Field.TEXT || !TRIMMING.contains(op))) {
            problems.add(
                    path,
                    "must be omitted here: only " + WireName.list(TRIMMING)
                            + " on text leave out what is not seen at its ends");
        }
        return json.booleanValue();
    }

    private @Nullable Check check(Field field, Op op, JsonNode value, Manner manner, String path) {
        return switch (op) {
            case EQUALS -> {
                String operand = operand(field, value, manner, path);
                yield operand == null
                        ? null
                        : field.isNumber()
                                ? number(field, List.of(value.textValue()))
                                : new Check.Same(manner.view(field), operand);
            }
            case CONTAINS -> {
                String operand = part(field, value, manner, path);
                yield operand == null ? null : new Check.Anywhere(field.view(manner.caseSensitive()), operand);
            }
            case STARTS_WITH -> edge(field, value, manner, path, Place.START);
            case ENDS_WITH -> edge(field, value, manner, path, Place.END);
            case KEYWORD -> manner.exact() ? wordAsWritten(value, manner, path) : keyword(value, manner, path);
            case REGEX -> {
                String pattern = string(value, path, RegexParser.MAX_REGEX);
                yield pattern == null || isHopeless(pattern, field, path)
                        ? null
                        : regexes.parse(pattern, field, manner.caseSensitive(), path);
            }
            case IN -> oneOf(field, value, manner, path);
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

    private boolean isHopeless(String regex, Field field, String path) {
        String mended = isNew && field.isNumber() ? NumberExpression.mended(regex) : null;
        if (mended != null) {
            problems.add(
                    path,
                    "is never found: numbers are compared by their digits, without +, spaces and other marks; write "
                            + mended);
        }
        return mended != null;
    }

    private @Nullable String part(Field field, JsonNode value, Manner manner, String path) {
        String operand = whole(field, value, manner, path);
        if (operand != null && operand.isEmpty()) {
            problems.add(path, "must not be empty: an empty value matches every text");
            return null;
        }
        return operand;
    }

    private @Nullable Check edge(Field field, JsonNode value, Manner manner, String path, Place place) {
        String operand = part(field, value, manner, path);
        if (operand == null) {
            return null;
        }
        boolean blank = Trimmed.of(operand).isEmpty();
        if (blank && !manner.exact() && isNew) {
            problems.add(
                    path,
                    "has nothing that is seen, and at the ends of a text only that is compared, unless exact is true");
            return null;
        }
        if (field.isNumber() && place == Place.START) {
            return beginning(field, operand);
        }
        if (manner.exact() || blank) {
            return new Check.Edge(field.view(manner.caseSensitive()), place, operand);
        }
        return new Check.SeenEdge(
                manner.caseSensitive(),
                place,
                place == Place.START ? Trimmed.atStart(operand) : Trimmed.atEnd(operand));
    }

    private @Nullable Check keyword(JsonNode value, Manner manner, String path) {
        String word = string(value, path, MAX_VALUE);
        if (word == null) {
            return null;
        }
        if (!Keyword.isOneWord(word)) {
            problems.add(path, "must be a single word: only the first word of a text is compared with it");
            return null;
        }
        String operand = Keyword.of(word);
        return manner.caseSensitive()
                ? new Check.Same(View.WORD, operand)
                : new Check.Same(View.WORD_FOLDED, Folding.fold(operand));
    }

    private @Nullable Check wordAsWritten(JsonNode value, Manner manner, String path) {
        String word = string(value, path, MAX_VALUE);
        if (word == null) {
            return null;
        }
        String operand = Folding.nfc(word);
        if (operand.isEmpty() || !Keyword.asWritten(operand).equals(operand)) {
            problems.add(path, "must be a single word without white space: a text is compared up to its first one");
            return null;
        }
        return manner.caseSensitive()
                ? new Check.Same(View.WORD_AS_WRITTEN, operand)
                : new Check.Same(View.WORD_AS_WRITTEN_FOLDED, Folding.fold(operand));
    }

    private @Nullable Check oneOf(Field field, JsonNode value, Manner manner, String path) {
        if (!value.isArray() || value.isEmpty() || value.size() > MAX_LIST) {
            problems.add(path, "must be a list of 1 to " + MAX_LIST + " values");
            return null;
        }
        Set<String> operands = new HashSet<>();
        boolean good = true;
        for (int i = 0; i < value.size(); i++) {
            String operand = operand(field, value.path(i), manner, path + "[" + i + "]");
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
        return new Check.OneOf(manner.view(field), Set.copyOf(operands));
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

    /** No key begins with the 00 that stands for a plus. */
    private static Check beginning(Field field, String operand) {
        boolean plus = operand.length() > 2 && operand.startsWith("00") && operand.charAt(2) != '0';
        return new Check.Edge(field.view(true), Place.START, plus ? operand.substring(2) : operand);
    }

    /** Reads a value that is compared with the whole field. */
    private @Nullable String operand(Field field, JsonNode value, Manner manner, String path) {
        String operand = whole(field, value, manner, path);
        return operand == null || manner.exact() ? operand : Trimmed.of(operand);
    }

    private @Nullable String whole(Field field, JsonNode value, Manner manner, String path) {
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
        return field.operand(string, manner.caseSensitive());
    }

    private @Nullable String slot(JsonNode value, String path) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return Integer.toString(value.intValue());
        }
        String text = value.isTextual() ? value.textValue() : "";
        if (text.matches("[0-9]{1," + MAX_SLOT_DIGITS + "}")) {
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
