package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Opens with the route that takes due deliveries, though not before the bridge is ready to take messages: however much
 * is due at the start, it must not keep phones waiting. Closes with the route. At a shutdown calls get a bounded time to end; of
 * those that do not nothing is written, and the next start makes them again, as after a crash.
 */
@Component("outboxGate") // the plain name is the Camel component's
public class Outbox implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long LONGEST_CALL_NANOS = TimeUnit.SECONDS.toNanos(31);
    // Of the ten seconds in which the whole bridge has to be down.
    private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(7);

    private static final int AFTER_REQUESTS = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1;

    private final Lanes lanes;
    private final OutcomeWriter outcomes;
    private final Clock clock;
    private final Schedule schedule;
    private final Executor workers;
    private volatile @Nullable Calls calls;
    /** What the lanes are to call by; guarded by this. */
    private @Nullable Calls wanted;

    private boolean ready; // guarded by this
    private volatile long stopBy;
    private volatile boolean running;

    Outbox(Lanes lanes, OutcomeWriter outcomes, Clock clock, Schedule schedule, OutboxSettings settings) {
        this.lanes = lanes;
        this.outcomes = outcomes;
        this.clock = clock;
        this.schedule = schedule;
        this.workers = Workers.create(settings.maxCalls());
    }

    void open(Calls.Route route) {
        Calls opened = new Calls(route, lanes, outcomes, clock, schedule, workers);
        calls = opened;
        want(opened);
        openLanes();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        // Not on this thread: others wait for it before they call the bridge ready.
        lanes.after(0, () -> {
            synchronized (this) {
                ready = true;
            }
            openLanes();
        });
    }

    private synchronized void openLanes() {
        if (ready && wanted != null) {
            lanes.open(wanted);
        }
    }

    private synchronized void want(@Nullable Calls by) {
        wanted = by;
        if (by == null) {
            lanes.close();
        }
    }

    /** Starts no more calls, and returns when those under way are over and their outcomes written. */
    public void close() {
        want(null);
        awaitCalls(calls, stopBy == 0 ? System.nanoTime() + LONGEST_CALL_NANOS : stopBy);
        calls = null;
    }

    /** The first thing at a shutdown: while requests are still answered, the calls under way come to their ends. */
    @EventListener(ContextClosedEvent.class)
    void stopping() {
        want(null);
        stopBy = System.nanoTime() + LONGEST_STOP_NANOS;
    }

    /** Before Camel and its HTTP client stop. */
    @Override
    public void stop() {
        close();
        running = false;
    }

    private void awaitCalls(@Nullable Calls open, long deadline) {
        while ((lanes.callsUnderWay() > 0 || !outcomes.idle()) && deadline - System.nanoTime() > 0) {
            if (!nap()) {
                break;
            }
        }
        if (open != null && lanes.callsUnderWay() > 0) {
            LOG.warn("{} calls were cut; they are made again after the next start", lanes.callsUnderWay());
            open.cut();
        }
    }

    private static boolean nap() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One attempt now, by the same way as all others, of a delivery that is in no store. */
    public Optional<Ended> tryOut(Delivery delivery, Target target) {
        Calls open = calls;
        return open == null ? Optional.empty() : Optional.of(open.attempt(delivery, target));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_REQUESTS;
    }

    @Override
    public void destroy() {
        lanes.shutDown();
    }
}
