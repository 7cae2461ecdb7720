package com.mobileapiconnect.bridge.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds calls that miss their deadline. All calls are checked a few times a second, which costs less than a timer for
 * each.
 */
final class Deadlines {

    /** The time that a sender has after the deadline to end its call with the evidence so far. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Places.Timer timer;
    private final LongSupplier nanoTime;
    private final Consumer<List<Call>> late;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param late receives, on the timer's thread, calls that the deadline has ended */
    Deadlines(Places.Timer timer, LongSupplier nanoTime, Consumer<List<Call>> late) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.late = late;
    }

    void add(Call call) {
        open.add(call);
        lookLater();
    }

    void remove(Call call) {
        open.remove(call);
    }

    private void lookLater() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            timer.after(LOOK_EVERY_NANOS, this::look);
        }
    }

    private void look() {
        try {
            long now = nanoTime.getAsLong() - GRACE_NANOS;
            List<Call> found = new ArrayList<>();
            for (Call call : open) {
                if (call.overdue(now) && call.end()) {
                    open.remove(call);
                    found.add(call);
                }
            }
            late.accept(found);
        } finally {
            looking.set(false);
            if (!open.isEmpty()) {
                lookLater();
            }
        }
    }
}
