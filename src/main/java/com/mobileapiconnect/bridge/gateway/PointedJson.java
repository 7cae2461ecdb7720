package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.message.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what stands at some places of a JSON object as a stream: everything else is skipped, whatever it holds. */
final class PointedJson {

    private final Map<JsonPointer, Decoded> found = new HashMap<>();

    private PointedJson() {}

    /** A pointer, and what is left of it where the parser stands. */
    private record Wanted(JsonPointer whole, JsonPointer rest) {}

    /** Returns the texts, numbers and truth values at these places; null if the body is no JSON object. */
    static @Nullable Map<JsonPointer, Decoded> read(byte[] json, Collection<JsonPointer> pointers) {
        PointedJson reading = new PointedJson();
        List<Wanted> wanted =
                pointers.stream().map(each -> new Wanted(each, each)).toList();
        try {
            return PhoneJson.object(json, object -> {
                reading.value(object, wanted);
                return reading.found;
            });
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Reads the value at which the parser stands to its end. */
    private void value(JsonParser json, List<Wanted> wanted) throws IOException {
        if (wanted.isEmpty()) {
            json.skipChildren();
        } else if (json.isExpectedStartObjectToken()) {
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                value(json, below(wanted, name, -1));
            }
        } else if (json.isExpectedStartArrayToken()) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                value(json, below(wanted, null, i));
            }
        } else {
            Decoded value = PhoneJson.scalar(json, json.currentToken());
            if (value != null) {
                wanted.stream().filter(each -> each.rest().matches()).forEach(each -> found.put(each.whole(), value));
            }
        }
    }

    private static List<Wanted> below(List<Wanted> wanted, @Nullable String name, int index) {
        List<Wanted> below = new ArrayList<>(0);
        for (Wanted each : wanted) {
            JsonPointer rest =
                    name == null ? each.rest().matchElement(index) : each.rest().matchProperty(name);
            if (rest != null) {
                below.add(new Wanted(each.whole(), rest));
            }
        }
        return below;
    }
}
