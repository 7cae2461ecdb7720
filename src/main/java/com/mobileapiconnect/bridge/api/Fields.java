package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object and collects all mistakes, so that a caller learns of them at once. An invalid
 * field reads as its default; {@link #orThrow()} prevents that value from being used.
 */
public final class Fields {

    /** Says that a field has to be a text. */
    public static final String NO_TEXT = "must be a string";

    private static final int LONGEST_TIME = 40;

    private final JsonNode object;
    private final String prefix;
    private final List<Problem.FieldError> errors;
    private final @Nullable List<String> lacking;

    private Fields(JsonNode object, String prefix, List<Problem.FieldError> errors, @Nullable List<String> lacking) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
        this.lacking = lacking;
    }

    public static Fields of(JsonBody body) {
        return new Fields(body.node(), "", new ArrayList<>(), null);
    }

    public static Fields of(JsonNode object, String prefix, List<Problem.FieldError> errors) {
        return new Fields(object, prefix, errors, null);
    }

    /**
     * Reads an object whose secrets may be missing, because it is from a file, and no file has secrets.
     *
     * @param lacking receives the path of each secret that has to be given yet
     */
    public static Fields of(
            JsonNode object, String prefix, List<Problem.FieldError> errors, @Nullable List<String> lacking) {
        return new Fields(object, prefix, errors, lacking);
    }

    /** Returns whether a secret is left as it is: not there, or the {@code true} that stands for it in answers. */
    public boolean leaves(String name) {
        JsonNode node = object.get(name);
        return node == null || (node.isBoolean() && node.booleanValue());
    }

    /** Returns whether a secret is left as it is where only a file may say so by {@code true}. */
    public boolean leavesInFile(String name) {
        return lacking == null ? !has(name) : leaves(name);
    }

    /**
     * Returns whether a secret that is left as it is, although there is none, may be given later; false if there need not
     * be one, or if this is wrong and reported.
     */
    public boolean mayLack(String name) {
        if (!has(name)) {
            return false;
        } else if (lacking == null) {
            wrong(name, "must be a string: true keeps a stored secret, and there is none");
        }
        return lacking != null;
    }

    /** Notes a secret that has to be given yet. */
    public void lacks(String name) {
        if (lacking != null) {
            lacking.add(prefix + name);
        }
    }

    /** Refuses all other fields, because a mistyped setting must not be ignored in silence. */
    public Fields allow(String... names) {
        Set<String> known = new HashSet<>(Arrays.asList(names));
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                wrong(name, "is unknown; this object has " + String.join(", ", names));
            }
        });
        return this;
    }

    /** Returns whether the field is present, even with the value null. */
    public boolean has(String name) {
        return object.has(name);
    }

    public @Nullable JsonNode raw(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** Returns the names of the fields that are present, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the number of mistakes so far, anywhere in the request. */
    public int faults() {
        return errors.size();
    }

    public void wrong(String name, String message) {
        errors.add(new Problem.FieldError(prefix + name, message));
    }

    public @Nullable String text(String name, int max) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        String value = node instanceof Written number ? number.written() : node.textValue();
        if (value == null) {
            wrong(name, NO_TEXT);
            return null;
        }
        String flaw = tooLong(value, max);
        if (flaw != null) {
            wrong(name, flaw);
            return null;
        }
        return value;
    }

    /** Returns what is wrong with a text that has more characters; null if it has not. */
    public static @Nullable String tooLong(String text, int max) {
        int characters = text.codePointCount(0, text.length());
        return characters <= max ? null : "must have at most " + max + " characters; it has " + characters;
    }

    /** Reads a name for people: not blank, no control characters. */
    public String requiredName(String name, int max) {
        int before = errors.size();
        String value = text(name, max);
        if (value == null || value.isBlank()) {
            if (errors.size() == before) {
                wrong(name, "must be given");
            }
            return "";
        }
        if (hasControls(value)) {
            wrong(name, "must not contain control characters");
        }
        return value;
    }

    /** Returns whether a text has control characters, including line breaks, which no name, number or key needs. */
    public static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    public boolean flag(String name, boolean absent) {
        JsonNode node = raw(name);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            wrong(name, "must be true or false");
            return absent;
        }
        return node.booleanValue();
    }

    public int integer(String name, int min, int max, int absent) {
        Integer value = optionalInteger(name, min, max);
        return value == null ? absent : value;
    }

    public @Nullable Integer optionalInteger(String name, int min, int max) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            wrong(name, noInteger(min, max));
            return null;
        }
        return node.intValue();
    }

    /** Returns what is wrong with a field that is no whole number between these. */
    public static String noInteger(int min, int max) {
        return "must be a whole number from " + min + " to " + max;
    }

    public @Nullable Double optionalNumber(String name, double min, double max) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= min && value <= max)) {
            wrong(name, "must be a number from " + plain(min) + " to " + plain(max));
            return null;
        }
        return value;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    /** Reads an ISO-8601 time with an offset; kept to the millisecond. */
    public @Nullable Instant time(String name) {
        String text = text(name, LONGEST_TIME);
        if (text == null) {
            return null;
        }
        Instant time = Times.parse(text);
        if (time == null) {
            wrong(name, Times.FORM);
        }
        return time;
    }

    /** Reads an ISO-8601 duration such as {@code PT5S}. */
    public @Nullable Duration duration(String name, Duration min, Duration max) {
        String text = text(name, LONGEST_TIME);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // reported below, like a duration out of bounds
        }
        wrong(name, "must be an ISO-8601 duration from " + min + " to " + max + ", such as \"PT5S\"");
        return null;
    }

    public @Nullable Fields object(String name) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            wrong(name, "must be an object");
            return null;
        }
        return new Fields(node, prefix + name + ".", errors, lacking);
    }

    /** Reads an object like {@link #object}; where it is left out, or is none, it reads as one without fields. */
    public Fields objectOrEmpty(String name) {
        Fields object = object(name);
        return object != null
                ? object
                : new Fields(JsonNodeFactory.instance.objectNode(), prefix + name + ".", errors, lacking);
    }

    public void orThrow() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }
}
