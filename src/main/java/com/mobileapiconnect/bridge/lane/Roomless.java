package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells lanes that wait for memory when there is some: in turn and a few at a time, since each looks into the store then. */
final class Roomless {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TOLD_AT_ONCE = 8;

    private final LaneMemory memory;
    private final Places.Timer timer;
    private final LaneQueue waiting = new LaneQueue();
    private final AtomicBoolean looking = new AtomicBoolean();

    Roomless(LaneMemory memory, Places.Timer timer) {
        this.memory = memory;
        this.timer = timer;
    }

    /** Has the lane told once its tenant has room. */
    void add(Lane lane) {
        waiting.add(lane);
        lookLater();
    }

    private void lookLater() {
        if (looking.compareAndSet(false, true)) {
            timer.after(EVERY_NANOS, this::look);
        }
    }

    private void look() {
        looking.set(false);
        waiting.next(TOLD_AT_ONCE, memory::hasRoom).forEach(Lane::roomAgain);
        if (!waiting.isEmpty()) {
            lookLater();
        }
    }
}
