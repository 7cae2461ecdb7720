package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Gives work to the writer in steps, between which other units run. A step is smaller if the previous one held the
 * writer for long.
 */
@Component
class WriterSteps {

    private static final int MOST_PAGES = 64;

    private final Store store;
    private final Timer held;
    private final StepSize size = new StepSize();

    WriterSteps(Store store, MeterRegistry metrics) {
        this.store = store;
        this.held = Timer.builder("bridge.retention.step")
                .description("How long one step of ageing out or erasing held the writer, without its commit")
                .register(metrics);
    }

    /** Returns how many rows the next step may take on. */
    int size() {
        return size.get();
    }

    /** Gives some free pages back to the file system in one step, and returns whether there are more. */
    boolean reclaim() {
        return take(tx -> store.reclaim(tx, Math.min(MOST_PAGES, size())));
    }

    /** Runs one step as a unit of its own, and returns when it is durable. */
    <T> T take(Work<T> step) {
        long[] nanos = new long[1];
        T result = store.writeNow(tx -> {
            long start = System.nanoTime();
            T done = step.in(tx);
            nanos[0] = System.nanoTime() - start;
            return done;
        });
        held.record(Duration.ofNanos(nanos[0]));
        size.held(nanos[0]);
        return result;
    }
}
