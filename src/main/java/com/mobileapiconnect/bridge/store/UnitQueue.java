package com.mobileapiconnect.bridge.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The units that wait for the writer. Any thread adds; the writer's thread takes next a unit of the owner that has had
 * the least of the writer's time, and those of one owner in the order given. So the short units of one tenant do not wait
 * for the long ones of another, however many those are. An owner that was idle does not save up time. The writer sorts
 * units by owner, so that adding is as cheap as without owners.
 *
 * <p>A unit that is not urgent waits for company ({@link PatientUnits}): the writer lingers before it falls asleep, so that
 * such a unit costs neither a wake-up nor, with luck, a commit of its own.
 */
final class UnitQueue {

    private static final int MOST_REMEMBERED = 1_000;
    private static final long RIPE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final int longest;
    private final AtomicInteger size = new AtomicInteger();
    private final BlockingQueue<Unit<?>> arrived = new LinkedBlockingQueue<>();
    private final PatientUnits soon;
    private volatile boolean asleep;
    private volatile boolean closed;

    // Guarded by this: the writer's thread alone uses them, until the store is closed.
    private final List<Unit<?>> sorting = new ArrayList<>();
    private final Map<String, Line> byOwner = new HashMap<>();
    private final PriorityQueue<Line> turns = new PriorityQueue<>(Comparator.comparingLong(line -> line.used));
    private @Nullable Line served;
    private long usedByServed;

    /** The waiting units of an owner, and the nanoseconds that it has had of the writer. */
    private static final class Line {

        private final Deque<Unit<?>> units = new ArrayDeque<>();
        private long used;
    }

    UnitQueue(int longest) {
        this(longest, new PatientUnits(RIPE_NANOS, System::nanoTime));
    }

    UnitQueue(int longest, PatientUnits soon) {
        this.longest = longest;
        this.soon = soon;
    }

    /** Returns false if there is no room, or nobody takes units any more. */
    boolean offer(Unit<?> unit) {
        return offer(unit, arrived::add, arrived::remove);
    }

    /** Adds a unit that is not urgent. */
    boolean offerSoon(Unit<?> unit) {
        if (!offer(unit, soon::add, soon::remove)) {
            return false;
        }
        // Looked at after the unit is there: the writer looks for such units after it has said that it falls asleep.
        if (asleep && soon.remove(unit)) {
            size.decrementAndGet();
            return offer(unit);
        }
        return true;
    }

    /** Has the units that are not urgent go with the next unit that is added. */
    void hurry() {
        soon.hurry();
    }

    private boolean offer(Unit<?> unit, Consumer<Unit<?>> add, Predicate<Unit<?>> remove) {
        if (size.incrementAndGet() > longest) {
            size.decrementAndGet();
            return false;
        }
        add.accept(unit);
        // Looked at after the unit is there: then either it is withdrawn here, or close() has it among those left.
        if (closed && remove.test(unit)) {
            size.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Returns whether the writer sleeps until a unit wakes it. */
    boolean isAsleep() {
        return asleep;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    /**
     * Waits until there is a unit, and for company if none is urgent; units that have come by then are those that
     * {@link #poll} returns.
     */
    void await() throws InterruptedException {
        if (nothingSorted()) {
            Unit<?> first = firstOfGroup();
            if (first != null) {
                synchronized (this) {
                    sorting.add(first);
                }
            }
        }
        sortArrived();
    }

    /** Returns null if units that are not urgent have waited long enough to go by themselves. */
    private @Nullable Unit<?> firstOfGroup() throws InterruptedException {
        while (true) {
            Unit<?> first = arrived.poll(soon.restNanos(), TimeUnit.NANOSECONDS);
            if (first == null && soon.isEmpty()) {
                first = sleep();
            }
            if (first != null || soon.restNanos() <= 0) {
                return first;
            }
        }
    }

    private @Nullable Unit<?> sleep() throws InterruptedException {
        asleep = true;
        try {
            return soon.isEmpty() ? arrived.take() : null;
        } finally {
            asleep = false;
        }
    }

    private synchronized boolean nothingSorted() {
        backInTurn();
        return turns.isEmpty();
    }

    private synchronized void sortArrived() {
        backInTurn();
        arrived.drainTo(sorting);
        // After those that arrived, so that none of them came later; before them, to keep the order of an owner. They
        // do not stay behind a unit that finds everything written, which costs more while their rows are not.
        soon.take(closed || sorting.stream().anyMatch(Unit::findsAllWritten), this::sort);
        sorting.forEach(this::sort);
        sorting.clear();
    }

    /** Takes the next unit that was not withdrawn; null when there is none. */
    synchronized @Nullable Unit<?> poll() {
        backInTurn();
        Line line;
        while ((line = turns.poll()) != null) {
            Unit<?> unit = line.units.remove();
            size.decrementAndGet();
            served = line;
            usedByServed = Math.max(usedByServed, line.used);
            if (unit.take()) {
                return unit;
            }
            backInTurn();
        }
        return null;
    }

    /** Notes how long the unit that was taken last has held the writer. */
    synchronized void held(long nanos) {
        if (served != null) {
            served.used += nanos;
        }
    }

    private void backInTurn() {
        Line line = served;
        served = null;
        if (line != null && !line.units.isEmpty()) {
            turns.add(line);
        }
    }

    private void sort(Unit<?> unit) {
        if (byOwner.size() > MOST_REMEMBERED) {
            byOwner.values().removeIf(line -> line.units.isEmpty());
        }
        Line line = byOwner.computeIfAbsent(unit.owner(), first -> new Line());
        line.units.add(unit);
        if (line.units.size() == 1) {
            line.used = Math.max(line.used, usedByServed);
            turns.add(line);
        }
    }

    /** Takes all units that are left, and no more from now on. */
    List<Unit<?>> close() {
        closed = true;
        sortArrived();
        List<Unit<?>> left = new ArrayList<>();
        for (Unit<?> unit = poll(); unit != null; unit = poll()) {
            left.add(unit);
        }
        return left;
    }
}
