package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events that an operations webhook is told, in requests and in the store. */
final class EventNames {

    static final String NAME = "events";

    private EventNames() {}

    static Set<BridgeEvent> read(Fields fields) {
        JsonNode given = fields.raw(NAME);
        if (given == null) {
            return BridgeEvent.ALL;
        }
        Set<BridgeEvent> events = EnumSet.noneOf(BridgeEvent.class);
        if (!given.isArray() || given.isEmpty()) {
            fields.wrong(NAME, "must be a list of one or more of " + all());
            return BridgeEvent.ALL;
        }
        for (int n = 0; n < given.size(); n++) {
            String place = NAME + "[" + n + "]";
            named(given.get(n).asText()).stream()
                    .findFirst()
                    .ifPresentOrElse(events::add, () -> fields.wrong(place, "must be one of " + all()));
        }
        return Collections.unmodifiableSet(events);
    }

    /** Returns null for all. */
    static @Nullable String toStore(Set<BridgeEvent> events) {
        return events.equals(BridgeEvent.ALL) ? null : String.join(" ", names(events));
    }

    /** Leaves out events that this version does not have. */
    static Set<BridgeEvent> stored(@Nullable String names) {
        if (names == null) {
            return BridgeEvent.ALL;
        }
        Set<BridgeEvent> events = EnumSet.noneOf(BridgeEvent.class);
        Arrays.stream(names.split(" ")).forEach(name -> events.addAll(named(name)));
        return Collections.unmodifiableSet(events);
    }

    static List<String> names(Collection<BridgeEvent> events) {
        return events.stream().map(WireName::wireName).toList();
    }

    private static Set<BridgeEvent> named(String name) {
        return WireName.find(BridgeEvent.class, name).map(Set::of).orElse(Set.of());
    }

    private static String all() {
        return WireName.list(Arrays.asList(BridgeEvent.values()));
    }
}
