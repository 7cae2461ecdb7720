package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.thread.Pulse;
import com.mobileapiconnect.bridge.thread.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the process when going on would be worse: when the store's files have disappeared, or when a thread that all the
 * others depend on is dead or does not move. Phones keep what was not acknowledged, and a supervisor that starts the
 * bridge again lets the start report what it finds.
 */
@Component
@EnableConfigurationProperties(WatchSettings.class)
class Watch implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long LONGEST_ASK_SECONDS = 10;
    /** Number of times that a thread is asked, however short the time after which it counts as stuck. */
    private static final int ASKED = 3;

    private static final long GRACE_SECONDS = 3;
    /** Less than an ordinary stop may take. */
    private static final long LONGEST_STOP_SECONDS = 15;

    private static final int EX_SOFTWARE = 70;
    private static final int EX_IOERR = 74;

    private final Store store;
    private final ProcessEnd process;
    private final long stuckAfterSeconds;
    private final long askEverySeconds;
    private final Map<Pulse, AtomicInteger> silentSeconds = new LinkedHashMap<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ScheduledExecutorService timer = Threads.timer("watch");
    private volatile boolean running;

    Watch(Store store, List<Pulse> pulses, WatchSettings settings, ObjectProvider<ProcessEnd> process) {
        this.store = store;
        this.stuckAfterSeconds = Math.max(2, settings.stuckAfter().toSeconds()); // an answer counts as one
        this.askEverySeconds = Math.max(1, Math.min(LONGEST_ASK_SECONDS, stuckAfterSeconds / ASKED));
        this.process = process.getIfAvailable(() -> Watch::exit);
        pulses.forEach(pulse -> silentSeconds.put(pulse, new AtomicInteger()));
    }

    private void look() {
        try {
            store.lost().ifPresent(reason -> end(EX_IOERR, reason));
            silentSeconds.forEach(this::listen);
        } catch (RuntimeException e) {
            LOG.warn("The watch could not look", e); // and looks again
        }
    }

    /** Counts looks and not the clock's time: a machine that was asleep has missed no answer. */
    private void listen(Pulse pulse, AtomicInteger silent) {
        int seconds = silent.getAndIncrement();
        if (seconds >= stuckAfterSeconds) {
            end(EX_SOFTWARE, "No sign of life from " + pulse.name() + " for " + seconds + " s.");
        } else if (seconds % askEverySeconds == 0) {
            pulse.ask(() -> silent.set(1));
        }
    }

    private void end(int status, String reason) {
        if (ending.compareAndSet(false, true)) {
            LOG.error("{} The bridge ends.", reason);
            if (status == EX_SOFTWARE) {
                LOG.error("What its threads do now:{}", ThreadDump.take());
            }
            timer.schedule(() -> process.end(status), GRACE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Exits on a thread of its own, because the exit waits for shutdown hooks, which stop this very timer. */
    private static void exit(int status) {
        Threads.named("process-end").newThread(() -> System.exit(status)).start();
        // What is stuck may not stop; the status has to say so to the supervisor before the stop is cut short.
        Threads.timer("process-end-deadline")
                .schedule(() -> Runtime.getRuntime().halt(status), LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    /** Stops it after a start that failed late, which stops no lifecycle but destroys the beans. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts after everything else, and stops before it: whatever stops gives no sign of life. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
