package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.thread.Threads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ends the process when the store's files have disappeared. Phones have been answered 503 since then; a supervisor that
 * starts the bridge again lets the start report the reason.
 */
@Component
class StoreWatch implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final long LOOK_EVERY_SECONDS = 1;
    private static final long GRACE_SECONDS = 3;
    private static final int EX_IOERR = 74;

    private final Store store;
    private final ProcessEnd process;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ScheduledExecutorService timer = Threads.timer("store-watch");

    StoreWatch(Store store, ObjectProvider<ProcessEnd> process) {
        this.store = store;
        this.process = process.getIfAvailable(() -> StoreWatch::exit);
        timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        store.lost().filter(reason -> ending.compareAndSet(false, true)).ifPresent(reason -> {
            LOG.error("{} The bridge ends.", reason);
            timer.schedule(() -> process.end(EX_IOERR), GRACE_SECONDS, TimeUnit.SECONDS);
        });
    }

    /** Exits on a thread of its own, because the exit waits for shutdown hooks, which stop this very timer. */
    private static void exit(int status) {
        Threads.named("process-end").newThread(() -> System.exit(status)).start();
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
