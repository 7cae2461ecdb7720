package com.mobileapiconnect.bridge.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The uncommitted changes of registers in a transaction, which its own units see and nobody else does. Only the
 * writer's thread uses it.
 */
final class Overlay {

    private record Place(Object register, Object key) {}

    /** @param value null: removed */
    record Changed(@Nullable Object value) {}

    private record Before(Place place, @Nullable Changed changed) {}

    private final Map<Place, Changed> changes = new HashMap<>();
    private final List<Before> undo = new ArrayList<>();

    /** Returns null if the transaction has left the value as published. */
    @Nullable Changed get(Object register, Object key) {
        // Most transactions only read, which must be cheap.
        return changes.isEmpty() ? null : changes.get(new Place(register, key));
    }

    /** Returns the changes of a register, by key. */
    Map<Object, Changed> of(Object register) {
        if (changes.isEmpty()) {
            return Map.of();
        }
        Map<Object, Changed> own = new HashMap<>();
        changes.forEach((place, changed) -> {
            if (place.register() == register) {
                own.put(place.key(), changed);
            }
        });
        return own;
    }

    void put(Object register, Object key, @Nullable Object value) {
        Place place = new Place(register, key);
        undo.add(new Before(place, changes.put(place, new Changed(value))));
    }

    int size() {
        return undo.size();
    }

    /** Undoes everything after it had this size. */
    void undoTo(int size) {
        while (undo.size() > size) {
            Before before = undo.remove(undo.size() - 1);
            if (before.changed() == null) {
                changes.remove(before.place());
            } else {
                changes.put(before.place(), before.changed());
            }
        }
    }

    void clear() {
        changes.clear();
        undo.clear();
    }
}
