package com.mobileapiconnect.bridge.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The units that are not urgent. For a while they stay behind: they grow meanwhile, and what they write costs the same for
 * much as for little. Then they are ripe and go with the next group there is, and after as long again by themselves.
 */
final class PatientUnits {

    private final long ripeNanos;
    private final LongSupplier nanoTime;
    private final Queue<Patient> units = new ConcurrentLinkedQueue<>();
    private volatile boolean hurried;

    private record Patient(Unit<?> unit, long since) {}

    /** @param ripeNanos how long a unit stays behind, and how long it then waits for company */
    PatientUnits(long ripeNanos, LongSupplier nanoTime) {
        this.ripeNanos = ripeNanos;
        this.nanoTime = nanoTime;
    }

    void add(Unit<?> unit) {
        units.add(new Patient(unit, nanoTime.getAsLong()));
    }

    /** Returns false if the unit was taken. */
    boolean remove(Unit<?> unit) {
        return units.removeIf(each -> each.unit() == unit);
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    /** Has the next group take all units. */
    void hurry() {
        hurried = true;
    }

    /** Returns for how long there is nothing to do without company; not positive when a unit goes by itself. */
    long restNanos() {
        Patient first = units.peek();
        return first == null ? ripeNanos : 2 * ripeNanos - (nanoTime.getAsLong() - first.since());
    }

    /**
     * Gives the units that go with a group, in the order in which they were added.
     *
     * @param all whether units that are not ripe go, too
     */
    void take(boolean all, Consumer<Unit<?>> group) {
        boolean now = all || hurried;
        hurried = false;
        Patient first = units.peek();
        if (first != null && (now || nanoTime.getAsLong() - first.since() >= ripeNanos)) {
            for (Patient each = units.poll(); each != null; each = units.poll()) {
                group.accept(each.unit());
            }
        }
    }
}
