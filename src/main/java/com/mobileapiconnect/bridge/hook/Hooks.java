package com.mobileapiconnect.bridge.hook;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The routes that serve HTTP at present, by their names. */
@Component
class Hooks {

    private final Map<String, HookRoute> byName = new ConcurrentHashMap<>();

    void open(HookRoute route) {
        byName.put(route.name(), route);
    }

    /** Ends a route's part, unless a newer version has taken over. */
    void close(HookRoute route) {
        byName.remove(route.name(), route);
    }

    Optional<HookRoute> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
