package com.mobileapiconnect.bridge.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The entries of all running routes that begin with {@code direct:}, by their names. */
@Component
class DirectEntries {

    /** A name, and who takes what is sent to it. */
    static final class Slot {
        volatile @Nullable DefaultConsumer current;

        /** Leaves the place empty, unless a newer one has taken it. */
        synchronized void leave(DefaultConsumer entry) {
            if (current == entry) {
                current = null;
            }
        }

        synchronized void take(DefaultConsumer entry) {
            current = entry;
        }
    }

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    Slot slot(String name) {
        return slots.computeIfAbsent(name, any -> new Slot());
    }
}
