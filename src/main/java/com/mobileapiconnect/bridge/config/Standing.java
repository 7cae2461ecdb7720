package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The existing entries that nothing in the file has claimed yet: by id if it is one of theirs, otherwise by name. */
public final class Standing<T> {

    private final Map<String, T> byId = new LinkedHashMap<>();
    private final Map<String, Deque<String>> idsOfNames = new HashMap<>();

    public Standing(Collection<T> all, Function<T, String> id, Function<T, String> name) {
        for (T each : all) {
            byId.put(id.apply(each), each);
            idsOfNames
                    .computeIfAbsent(name.apply(each), any -> new ArrayDeque<>())
                    .add(id.apply(each));
        }
    }

    /** Returns the entry that this one replaces; null for a new one. */
    public @Nullable T take(JsonNode json) {
        T found = byId.remove(json.path("id").asText());
        Deque<String> named = idsOfNames.getOrDefault(json.path("name").asText(), new ArrayDeque<>());
        while (found == null && !named.isEmpty()) {
            found = byId.remove(named.remove());
        }
        return found;
    }

    public List<T> left() {
        return List.copyOf(byId.values());
    }
}
