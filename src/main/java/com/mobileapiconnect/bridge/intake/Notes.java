package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants that have notes of deliveries to make, and about how many. The writer's thread changes both. */
final class Notes {

    /** Messages of a tenant that may wait; its phones keep the others, because each may lead to a thousand rows. */
    static final int MOST_WAITING = 5_000;

    /** Tenants with notes, as the units of a group see it: changed at once. */
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();
    /** Numbers of notes, as they were committed. */
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** @param stored number of notes by tenant */
    Notes(Map<String, Integer> stored) {
        long now = System.nanoTime();
        stored.forEach((tenantId, notes) -> waiting.put(tenantId, new Waiting(notes, now)));
        tenants.addAll(stored.keySet());
    }

    List<String> tenants() {
        return List.copyOf(tenants);
    }

    boolean any(String tenantId) {
        return tenants.contains(tenantId);
    }

    /** Returns 0 if a tenant may add notes; otherwise about how many seconds it takes until it may. */
    long secondsUntilRoom(String tenantId) {
        Waiting own = waiting.get(tenantId);
        return own == null ? 0 : own.secondsUntilFewerThan(MOST_WAITING);
    }

    /** Notes that a unit adds some; returns whether the tenant had none. */
    boolean add(Transaction tx, String tenantId, int notes) {
        tx.afterCommit(() -> waiting.computeIfAbsent(tenantId, first -> new Waiting(0, System.nanoTime()))
                .more(notes));
        return tenants.add(tenantId);
    }

    /** Notes that a unit brings some to their end. */
    void done(Transaction tx, String tenantId, int notes, boolean more) {
        if (!more) {
            tenants.remove(tenantId);
        }
        tx.afterCommit(() -> {
            Waiting own = more ? waiting.get(tenantId) : waiting.remove(tenantId);
            if (own != null) {
                own.done(notes, System.nanoTime());
            }
        });
    }

    /** Notes that a unit was undone, and that its tenant has notes as before. */
    void undone(String tenantId) {
        tenants.add(tenantId);
    }
}
