package com.mobileapiconnect.bridge.lane;

import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Empties a queue into a unit of the writer: slice after slice, until nothing is left or the unit has held the writer for
 * long enough. A queue that is short, as usual, is a single slice.
 */
final class Drain {

    static final int SLICE = 100;
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Takes on the next things of a queue, in their order. */
    @FunctionalInterface
    interface Taking<T> {
        void take(List<T> slice) throws SQLException;
    }

    private final LongSupplier nanoTime;

    Drain(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param taken receives what was taken; what is there, by a run that was undone, is taken on again first */
    <T> void run(Queue<T> queue, List<T> taken, Taking<T> taking) throws SQLException {
        long begun = nanoTime.getAsLong();
        int done = 0;
        do {
            T next;
            while (taken.size() - done < SLICE && (next = queue.poll()) != null) {
                taken.add(next);
            }
            taking.take(List.copyOf(taken.subList(done, taken.size())));
            done = taken.size();
        } while (!queue.isEmpty() && nanoTime.getAsLong() - begun < LONGEST_NANOS);
    }
}
