package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonPointer;
import com.mobileapiconnect.bridge.gateway.Mapping.Source;
import com.mobileapiconnect.bridge.message.Decoded;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a request as its device's mapping finds them. */
final class MappedFields {

    private final Map<String, Source> mapping;
    private final Map<JsonPointer, Decoded> json;
    private final Parameters parameters;

    private MappedFields(Map<String, Source> mapping, Map<JsonPointer, Decoded> json, Parameters parameters) {
        this.mapping = mapping;
        this.json = json;
        this.parameters = parameters;
    }

    /** Returns null if the body is to be JSON and is none. */
    static @Nullable MappedFields of(GatewayRequest request, Mapping mapping, boolean body, boolean query) {
        Parameters parameters = query ? request.parameters() : Parameters.of("");
        Map<JsonPointer, Decoded> json = Map.of();
        if (body && request.isJson()) {
            List<JsonPointer> pointers = mapping.fields().values().stream()
                    .flatMap(source -> source.at().stream())
                    .map(MappedFields::pointer)
                    .distinct()
                    .toList();
            json = PointedJson.read(request.body(), pointers);
        } else if (body) {
            parameters = request.form().and(parameters);
        }
        return json == null ? null : new MappedFields(mapping.fields(), new HashMap<>(json), parameters);
    }

    /** A name without a slash is that of a field of the object itself. */
    private static JsonPointer pointer(String place) {
        return place.startsWith("/")
                ? JsonPointer.compile(place)
                : JsonPointer.empty().appendProperty(place);
    }

    /** Returns the values at the places of a field, or the value that stands for them; null if there is none. */
    @Nullable Decoded get(String field) {
        Source source = mapping.get(field);
        if (source == null) {
            return null;
        }
        List<Decoded> found = new ArrayList<>();
        for (String place : source.at()) {
            Decoded value = json.get(pointer(place));
            Decoded parameter = value == null ? parameters.decoded(place) : value;
            if (parameter != null) {
                found.add(parameter);
            }
        }
        if (found.isEmpty()) {
            return source.value() == null ? null : new Decoded(source.value(), false);
        }
        return found.size() == 1
                ? found.get(0)
                : new Decoded(
                        found.stream().map(Decoded::text).collect(Collectors.joining("-")),
                        found.stream().anyMatch(Decoded::mended));
    }

    @Nullable String id() {
        Decoded id = get("id");
        return id == null ? null : id.text();
    }

    @Nullable Decoded text() {
        Decoded text = get("text");
        Source source = mapping.get("text");
        return text != null && source != null && source.as() != null ? ofHex(text) : text;
    }

    /** Digits that are no UTF-16 stay what they are. */
    private static Decoded ofHex(Decoded hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex.text().strip());
            return bytes.length % 2 == 0 ? Decoded.in(StandardCharsets.UTF_16BE, bytes) : hex;
        } catch (IllegalArgumentException e) {
            return hex;
        }
    }

    /**
     * Returns the time as the app writes it. Of a time with a pattern, what stands behind the pattern is left out.
     *
     * @param zone of times that say none
     */
    @Nullable String time(@Nullable ZoneId zone) {
        Decoded written = get("receivedAt");
        Source source = mapping.get("receivedAt");
        String pattern = source == null ? null : source.as();
        if (written == null || pattern == null) {
            return written == null ? null : written.text();
        }
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ofPattern(pattern, Locale.ROOT).parse(written.text(), new ParsePosition(0));
            ZoneId said = time.query(TemporalQueries.zone());
            ZoneId absent = zone == null ? ZoneOffset.UTC : zone;
            return LocalDateTime.from(time)
                    .atZone(said == null ? absent : said)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return written.text();
        }
    }
}
