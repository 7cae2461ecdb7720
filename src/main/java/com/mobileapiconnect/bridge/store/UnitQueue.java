package com.mobileapiconnect.bridge.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The units that wait for the writer. Any thread adds; the writer's thread takes one unit of each owner in turn, and
 * those of one owner in the order given. The writer sorts them by owner, so that adding is as cheap as without owners.
 */
final class UnitQueue {

    private final int longest;
    private final AtomicInteger size = new AtomicInteger();
    private final BlockingQueue<Unit<?>> arrived = new LinkedBlockingQueue<>();

    // Guarded by this: the writer's thread alone uses them, until the store is closed.
    private final List<Unit<?>> sorting = new ArrayList<>();
    private final Map<String, Deque<Unit<?>>> byOwner = new HashMap<>();
    private final Deque<Deque<Unit<?>>> turns = new ArrayDeque<>();

    UnitQueue(int longest) {
        this.longest = longest;
    }

    /** Returns false if there is no room. */
    boolean offer(Unit<?> unit) {
        if (size.incrementAndGet() > longest) {
            size.decrementAndGet();
            return false;
        }
        return arrived.add(unit);
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    /** Waits until there is a unit; what has come by then is what {@link #poll} returns. */
    void await() throws InterruptedException {
        if (nothingSorted()) {
            Unit<?> first = arrived.take();
            synchronized (this) {
                sort(first);
            }
        }
        sortArrived();
    }

    private synchronized boolean nothingSorted() {
        return turns.isEmpty();
    }

    private synchronized void sortArrived() {
        arrived.drainTo(sorting);
        sorting.forEach(this::sort);
        sorting.clear();
    }

    /** Takes the next unit that was not withdrawn; null when there is none. */
    synchronized @Nullable Unit<?> poll() {
        Deque<Unit<?>> owner;
        while ((owner = turns.poll()) != null) {
            Unit<?> unit = owner.remove();
            size.decrementAndGet();
            if (owner.isEmpty()) {
                byOwner.remove(unit.owner());
            } else {
                turns.add(owner);
            }
            if (unit.take()) {
                return unit;
            }
        }
        return null;
    }

    private void sort(Unit<?> unit) {
        Deque<Unit<?>> owner = byOwner.get(unit.owner());
        if (owner == null) {
            owner = new ArrayDeque<>();
            byOwner.put(unit.owner(), owner);
            turns.add(owner);
        }
        owner.add(unit);
    }

    /** Takes all units that are left. */
    List<Unit<?>> close() {
        sortArrived();
        List<Unit<?>> left = new ArrayList<>();
        for (Unit<?> unit = poll(); unit != null; unit = poll()) {
            left.add(unit);
        }
        return left;
    }
}
