package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.Target;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Opens with the route that takes due deliveries, but not before the bridge is ready to take messages: due deliveries
 * must not delay phones at the start. A newer version of the route may take over. Closes with the last version. At a
 * shutdown calls get a bounded time to end; the next start repeats those that did not, as after a crash.
 */
@Component("outboxGate") // the plain name is the Camel component's
public class Outbox implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long LONGEST_CALL_NANOS = TimeUnit.SECONDS.toNanos(33);
    // A part of the ten seconds in which the whole bridge has to stop.
    private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(7);

    private static final int AFTER_REQUESTS = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1;

    private final Lanes lanes;
    private final Engine engine;
    private final OutcomeWriter outcomes;
    private final Calls calls;
    private final AttemptMetrics metrics;
    /** The way of all calls, from the route's start to its end. */
    private volatile @Nullable LaneCaller open;
    /** True while calls of any version are being cut, because the bridge stops. */
    private final AtomicBoolean cut = new AtomicBoolean();
    /** The caller for the lanes; guarded by this. */
    private @Nullable LaneCaller wanted;

    private boolean ready; // guarded by this
    private volatile long stopBy;
    private volatile boolean running;

    Outbox(Lanes lanes, Engine engine, OutcomeWriter outcomes, Calls calls, AttemptMetrics metrics) {
        this.lanes = lanes;
        this.engine = engine;
        this.outcomes = outcomes;
        this.calls = calls;
        this.metrics = metrics;
    }

    void open(Calls.Route route) {
        cut.set(false);
        LaneCaller caller = new LaneCaller(calls, route, engine, outcomes, metrics, cut::get);
        open = caller;
        if (stopBy == 0) {
            want(caller);
            openLanes();
        }
    }

    /** Returns the routes that take the deliveries of one target each. */
    Detours<Calls.Route> detours() {
        return calls.detours();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        // On another thread, because this one would delay the bridge's readiness.
        engine.after(0, () -> {
            synchronized (this) {
                ready = true;
            }
            openLanes();
        });
    }

    private synchronized void openLanes() {
        if (ready && wanted != null) {
            engine.open(wanted);
            lanes.opened();
        }
    }

    private synchronized void want(@Nullable LaneCaller by) {
        wanted = by;
        if (by == null) {
            engine.close();
        }
    }

    /** Closes with a route, unless a newer version has taken over. */
    void close(Calls.Route route) {
        LaneCaller current = open;
        if (current != null && current.isBy(route)) {
            close();
        }
    }

    /** Starts no more calls, and returns when those under way are over and their outcomes written. */
    public void close() {
        want(null);
        long deadline = stopBy == 0 ? System.nanoTime() + LONGEST_CALL_NANOS : stopBy;
        engine.quiet().await(() -> engine.callsUnderWay() == 0 && outcomes.idle(), deadline);
        if (engine.callsUnderWay() > 0) {
            LOG.warn("{} calls were cut; they are made again after the next start", engine.callsUnderWay());
            cut.set(true);
        }
        open = null;
    }

    /** The first thing at a shutdown: while requests are still answered, the calls under way come to their ends. */
    @EventListener(ContextClosedEvent.class)
    void stopping() {
        LOG.info(
                "Stopping: no more is taken or sent. The {} calls under way get {} s",
                engine.callsUnderWay(),
                TimeUnit.NANOSECONDS.toSeconds(LONGEST_STOP_NANOS));
        want(null);
        stopBy = System.nanoTime() + LONGEST_STOP_NANOS;
    }

    /** Closes before Camel and its HTTP client stop. */
    @Override
    public void stop() {
        close();
        running = false;
        LOG.info("No call is under way any more; what waits goes out after the next start");
    }

    /**
     * Begins one attempt now, by the same way as all others, of a delivery that is in no store; the future completes by
     * the target's timeout. Empty when there is no way, or no place for a call.
     */
    public Optional<CompletableFuture<Ended>> tryOut(Delivery delivery, Target target) {
        LaneCaller by = open;
        return by == null ? Optional.empty() : by.tryOut(delivery, target);
    }

    /**
     * Returns the request of a delivery that is in no store, and makes none; empty if that cannot be said. The steps of
     * the operator's routes are not gone through.
     */
    public Optional<Preview> preview(Delivery delivery, Target target) {
        return calls.preview(delivery, target);
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
}
