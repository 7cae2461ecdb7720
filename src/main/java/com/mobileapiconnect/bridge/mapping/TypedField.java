package com.mobileapiconnect.bridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.mobileapiconnect.bridge.message.Graphemes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A field that is no text, or a part of one, or a bounded one: {@code
 * {"value":…,"match":…,"as":…,"format":…,"zone":…,"max":…,"default":…}}.
 */
final class TypedField implements FieldPart {

    private static final Set<String> KEYS = Set.of("value", "match", "as", "format", "zone", "max", "default");
    private static final int LONGEST_NUMBER = 100;

    private final String path;
    private final FieldText value;
    private final @Nullable Pattern match;
    private final String kind;
    private final As as;
    private final @Nullable JsonNode otherwise;

    /** Converts a text that is not blank; throws an {@link IllegalArgumentException} or {@link DateTimeException}. */
    private interface As {
        JsonNode of(String text);
    }

    private TypedField(
            String path, FieldText value, @Nullable Pattern match, String kind, As as, @Nullable JsonNode otherwise) {
        this.path = path;
        this.value = value;
        this.match = match;
        this.kind = kind;
        this.as = as;
        this.otherwise = otherwise;
    }

    /** @throws FlawedMappingException if it cannot be used */
    static TypedField parse(JsonNode json, String path, Names names) {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty() || !json.get("value").isValueNode()) {
            throw wrong(
                    path, "takes value (a text, a number or true or false), match, as, format, zone, max and default");
        }
        try {
            String name = json.path("as").asText("string");
            FieldText value = FieldText.parse(json.get("value").asText(), path, names);
            return new TypedField(path, value, match(json, path), name, as(name, json, path), json.get("default"));
        } catch (DateTimeException e) {
            throw wrong(
                    path,
                    "has a zone that is none, like Asia/Kolkata: "
                            + json.path("zone").asText());
        }
    }

    /**
     * Returns why a field that can be parsed never becomes what it is meant to be; null if it may. Asked when a mapping is
     * set: one that is stored goes on as it is.
     */
    static @Nullable String neverFits(JsonNode json) {
        String kind = json.path("as").asText("string");
        boolean isTime = kind.equals("date") || kind.equals("datetime");
        if (!isTime && (json.has("format") || json.has("zone"))) {
            return "has a format or a zone, which a date or datetime alone has: say so in as";
        }
        String open = MessageNames.ALL.open();
        JsonNode otherwise = json.path("default");
        if (otherwise.isTextual() && otherwise.textValue().contains(open)) {
            return "has a default with a name in it, which nobody fills: a default is a constant";
        } else if (!otherwise.isMissingNode() && !otherwise.isNull() && !isDefault(kind, otherwise)) {
            return "has a default that is no " + kind;
        }
        String value = json.path("value").asText();
        boolean isConstant = !value.contains(open) && !value.isBlank() && !json.has("match");
        return isConstant && !converts(kind, json, value)
                ? "has a constant value that cannot be as " + kind
                        + (isTime ? "; it is made of a time such as 2026-06-12T14:32:00Z" : "")
                : null;
    }

    private static boolean isDefault(String kind, JsonNode otherwise) {
        return switch (kind) {
            case "number" -> otherwise.isNumber();
            case "integer" -> otherwise.isIntegralNumber();
            case "boolean" -> otherwise.isBoolean();
            default -> true;
        };
    }

    private static boolean converts(String kind, JsonNode json, String value) {
        try {
            as(kind, json, "").of(value);
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** Returns the expression whose group, or whose whole, is the value; it runs in linear time, whatever an SMS says. */
    private static @Nullable Pattern match(JsonNode json, String path) {
        JsonNode match = json.get("match");
        if (match == null) {
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(match.textValue() == null ? "(" : match.textValue());
            if (pattern.groupCount() <= 1) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            // said below
        }
        throw wrong(path, "has a match that is no regular expression with at most one group: " + match);
    }

    private static As as(String name, JsonNode json, String path) {
        return switch (name) {
            case "string" -> string(json, path);
            case "number" -> text -> JsonNodeFactory.instance.numberNode(new BigDecimal(bounded(text)));
            case "integer" -> text -> JsonNodeFactory.instance.numberNode(new BigInteger(bounded(text)));
            case "boolean" -> TypedField::bool;
            case "date" -> time(json, path, DateTimeFormatter.ISO_LOCAL_DATE);
            case "datetime" -> time(json, path, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            default -> throw wrong(path, "can be as string, number, integer, boolean, date or datetime, not " + name);
        };
    }

    private static As string(JsonNode json, String path) {
        JsonNode max = json.get("max");
        if (max != null && !(max.canConvertToInt() && max.intValue() > 0)) {
            throw wrong(path, "has a max that is no number of characters: " + max);
        }
        return text -> JsonNodeFactory.instance.textNode(max == null ? text : cut(text, max.intValue()));
    }

    private static String cut(String text, int max) {
        boolean longer = text.codePointCount(0, text.length()) > max;
        return longer ? Graphemes.cut(text, text.offsetByCodePoints(0, max)) : text;
    }

    private static As time(JsonNode json, String path, DateTimeFormatter usual) {
        ZoneId zone = json.has("zone") ? ZoneId.of(json.get("zone").asText()) : ZoneOffset.UTC;
        DateTimeFormatter format =
                json.has("format") ? format(json.get("format").asText(), path) : usual;
        return text ->
                JsonNodeFactory.instance.textNode(format.format(ZonedDateTime.ofInstant(Instant.parse(text), zone)));
    }

    private static DateTimeFormatter format(String pattern, String path) {
        try {
            DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            String sample = format.format(ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC));
            if (sample.isEmpty()) {
                throw new IllegalArgumentException("It writes nothing");
            }
            return format;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(path, "has a format that is none, like yyyy-MM-dd HH:mm: " + pattern);
        }
    }

    /** Long numbers take long to read. */
    private static String bounded(String text) {
        String number = text.strip();
        if (number.length() > LONGEST_NUMBER || number.matches(".*[eE].*")) {
            throw new NumberFormatException("No plain number");
        }
        return number;
    }

    private static JsonNode bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> JsonNodeFactory.instance.booleanNode(true);
            case "false", "no", "0" -> JsonNodeFactory.instance.booleanNode(false);
            default -> throw new IllegalArgumentException("Neither true nor false");
        };
    }

    private static FlawedMappingException wrong(String path, String why) {
        return new FlawedMappingException(path, why);
    }

    private @Nullable String found(@Nullable String text) {
        if (match == null || text == null) {
            return text;
        }
        Matcher matcher = match.matcher(text);
        return matcher.find() ? matcher.group(match.groupCount()) : null;
    }

    @Override
    public JsonNode in(Values values, Room room) {
        JsonNode made = made(found(value.in(values, new Room())));
        room.takeJson(path, made.asText());
        return made;
    }

    private JsonNode made(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return otherwise != null ? otherwise : JsonNodeFactory.instance.nullNode();
        }
        try {
            return as.of(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            // Without the value, which may be text of an SMS: this is told to the operations webhook too.
            throw new CannotBeException(
                    "The field " + path + " has to be of the kind " + kind + ", and its value is not");
        }
    }
}
