package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code mapping} of a device from a request. */
public final class MappingFields {

    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_FORMAT = 40;
    private static final int MOST_PLACES = 4;
    private static final Pattern PLACE = Pattern.compile("/(?:[^~]|~[01])*|[^/].*");
    private static final String SIGNATURE = "signature";
    private static final String TEXT = "text";
    private static final String TIME = "receivedAt";

    private MappingFields() {}

    /** @param device the request's fields, of which one is the mapping; null there is no mapping */
    public static @Nullable Mapping read(Fields device, String name) {
        Fields fields = device.object(name);
        if (fields == null) {
            return null;
        }
        List<String> allowed = new ArrayList<>(Mapping.FIELDS);
        allowed.add(SIGNATURE);
        fields.allow(allowed.toArray(String[]::new));
        Map<String, Mapping.Source> sources = new TreeMap<>();
        for (String field : Mapping.FIELDS) {
            JsonNode given = fields.raw(field);
            if (given != null) {
                sources.put(field, source(fields, field, given));
            }
        }
        if (!sources.containsKey(TEXT)) {
            fields.wrong(TEXT, "must be given: a JSON pointer such as \"/sms/body\", or the name of a parameter");
        }
        return new Mapping(sources, MappingSignature.read(fields, SIGNATURE));
    }

    private static Mapping.Source source(Fields fields, String name, JsonNode given) {
        if (!given.isObject()) {
            return new Mapping.Source(places(fields, name, given), null, null);
        }
        Fields source = fields.objectOrEmpty(name).allow("at", "value", "as");
        JsonNode at = source.raw("at");
        String value = source.text("value", LONGEST_VALUE);
        if (at == null && value == null) {
            source.wrong("at", "must be given, unless there is a value");
        }
        return new Mapping.Source(at == null ? List.of() : places(source, "at", at), value, form(source, name));
    }

    private static List<String> places(Fields fields, String name, JsonNode given) {
        List<String> places = new ArrayList<>();
        if (given.isArray() && given.size() <= MOST_PLACES && !given.isEmpty()) {
            given.forEach(each -> places.add(each.isTextual() ? each.textValue() : ""));
        } else {
            places.add(given.isTextual() ? given.textValue() : "");
        }
        for (String place : places) {
            if (place.isEmpty()
                    || place.length() > LONGEST_PLACE
                    || Fields.hasControls(place)
                    || !PLACE.matcher(place).matches()) {
                fields.wrong(
                        name,
                        "must be a JSON pointer such as \"/sms/body\" or the name of a parameter, of 1 to "
                                + LONGEST_PLACE + " characters, or a list of up to " + MOST_PLACES + " of them");
                return List.of();
            }
        }
        return places;
    }

    private static @Nullable String form(Fields source, String field) {
        String as = source.text("as", LONGEST_FORMAT);
        if (as == null) {
            return null;
        } else if (field.equals(TEXT) && !as.equals(Mapping.Source.UTF_16_HEX)) {
            source.wrong("as", "must be " + Mapping.Source.UTF_16_HEX + " or left out");
        } else if (field.equals(TIME) && !isPattern(as)) {
            source.wrong("as", "must be the pattern of a time, such as \"yy,MM,dd,HH,mm,ss\"");
        } else if (!field.equals(TEXT) && !field.equals(TIME)) {
            source.wrong("as", "must be left out: only text and receivedAt have it");
        }
        return as;
    }

    private static boolean isPattern(String pattern) {
        try {
            return !DateTimeFormatter.ofPattern(pattern, Locale.ROOT).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
