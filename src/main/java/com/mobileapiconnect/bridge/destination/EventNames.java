package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events that an operations webhook or a connection is told, in requests and in the store. */
final class EventNames {

    static final String NAME = "events";

    private EventNames() {}

    static Set<BridgeEvent> read(Fields fields) {
        JsonNode given = fields.raw(NAME);
        if (given == null) {
            return BridgeEvent.ALL;
        } else if (!given.isArray() || given.isEmpty()) {
            fields.wrong(NAME, "must be a list of one or more of " + names(BridgeEvent.ALL, ", "));
            return BridgeEvent.ALL;
        }
        return read(fields, given, BridgeEvent.ALL);
    }

    /** Reads the events of a connection, which is told none unless it asks. */
    static Set<BridgeEvent> ofConnection(Fields fields) {
        JsonNode given = fields.raw(NAME);
        if (given == null) {
            return BridgeEvent.NONE;
        } else if (!given.isArray()) {
            fields.wrong(NAME, "must be a list, empty or of " + names(BridgeEvent.OF_CONNECTIONS, ", "));
            return BridgeEvent.NONE;
        }
        return read(fields, given, BridgeEvent.OF_CONNECTIONS);
    }

    private static Set<BridgeEvent> read(Fields fields, JsonNode given, Set<BridgeEvent> allowed) {
        Set<BridgeEvent> events = new LinkedHashSet<>();
        for (int n = 0; n < given.size(); n++) {
            String place = NAME + "[" + n + "]";
            named(given.get(n).asText()).stream()
                    .filter(allowed::contains)
                    .findFirst()
                    .ifPresentOrElse(events::add, () -> fields.wrong(place, "must be one of " + names(allowed, ", ")));
        }
        return Collections.unmodifiableSet(events);
    }

    private static String names(Set<BridgeEvent> events, String between) {
        return String.join(between, names(events));
    }

    /** Returns null for all. */
    static @Nullable String toStore(Set<BridgeEvent> events) {
        return events.equals(BridgeEvent.ALL) ? null : String.join(" ", names(events));
    }

    /** Leaves out events that this version does not have. A connection of an earlier one has nothing stored. */
    static Set<BridgeEvent> stored(@Nullable String names, Target.Type type) {
        if (names == null) {
            return type == Target.Type.CONNECTION ? BridgeEvent.NONE : BridgeEvent.ALL;
        }
        Set<BridgeEvent> events = new LinkedHashSet<>();
        Arrays.stream(names.split(" ")).forEach(name -> events.addAll(named(name)));
        return Collections.unmodifiableSet(events);
    }

    static List<String> names(Collection<BridgeEvent> events) {
        return events.stream().map(WireName::wireName).toList();
    }

    private static Set<BridgeEvent> named(String name) {
        return WireName.find(BridgeEvent.class, name).map(Set::of).orElse(Set.of());
    }
}
