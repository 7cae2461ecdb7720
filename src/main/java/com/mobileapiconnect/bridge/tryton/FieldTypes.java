package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows the types of the fields of models, as the system has said them. */
final class FieldTypes {

    /** The most sets of fields that are remembered: a connection has one, a route may give others. */
    private static final int MOST = 200;

    private final Map<Asked, Map<String, Field>> known = new ConcurrentHashMap<>();

    /** The question for the fields of a model. */
    record Asked(String model, TreeSet<String> names) {

        static Asked of(String model, Collection<String> names) {
            return new Asked(model, new TreeSet<>(names));
        }
    }

    /**
     * A field.
     *
     * @param type     in the system's word, like {@code char}
     * @param relation the model of the records that it has; empty for none
     */
    record Field(String type, String relation) {}

    @Nullable Map<String, Field> of(Asked asked) {
        return known.get(asked);
    }

    /** Remembers an answer to the question. */
    Map<String, Field> learn(Asked asked, JsonNode fields) {
        Map<String, Field> read = new HashMap<>();
        fields.properties()
                .forEach(each -> read.put(
                        each.getKey(),
                        new Field(
                                each.getValue().path("type").asText(),
                                each.getValue().path("relation").asText(""))));
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(asked, read);
        return read;
    }

    void forget() {
        known.clear();
    }
}
