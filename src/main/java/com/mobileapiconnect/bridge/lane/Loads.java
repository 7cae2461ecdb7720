package com.mobileapiconnect.bridge.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The looks of lanes into the store: a few at once, and tenants in turn. So the lane of one tenant does not wait for a
 * thousand of another's that are behind, and neither does anybody else who reads.
 */
final class Loads {

    private static final int AT_ONCE = 2;

    /** Looks of each tenant, the one whose turn is next first; guarded by this. */
    private final Map<String, Deque<Supplier<CompletableFuture<?>>>> waiting = new LinkedHashMap<>();

    private final AtomicInteger asked = new AtomicInteger();
    private int underWay; // guarded by this

    /** @param load begins the look and never waits; its future completes when the look has ended */
    void add(String tenantId, Supplier<CompletableFuture<?>> load) {
        synchronized (this) {
            waiting.computeIfAbsent(tenantId, first -> new ArrayDeque<>()).add(load);
        }
        begin();
    }

    /** Begins what may begin now, on one thread at a time: a look that ends at once is no deeper call. */
    private void begin() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        do {
            Supplier<CompletableFuture<?>> next;
            while ((next = next()) != null) {
                next.get().whenComplete((done, failure) -> ended());
            }
        } while (asked.decrementAndGet() > 0);
    }

    private synchronized @Nullable Supplier<CompletableFuture<?>> next() {
        Iterator<Map.Entry<String, Deque<Supplier<CompletableFuture<?>>>>> turns =
                waiting.entrySet().iterator();
        if (underWay == AT_ONCE || !turns.hasNext()) {
            return null;
        }
        Map.Entry<String, Deque<Supplier<CompletableFuture<?>>>> turn = turns.next();
        String tenantId = turn.getKey();
        Deque<Supplier<CompletableFuture<?>>> line = turn.getValue();
        turns.remove();
        Supplier<CompletableFuture<?>> next = line.remove();
        if (!line.isEmpty()) {
            waiting.put(tenantId, line); // behind the other tenants
        }
        underWay++;
        return next;
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        begin();
    }
}
