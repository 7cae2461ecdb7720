package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.target.Target;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Opens with the route that takes due deliveries, and closes with it. */
@Component("outboxGate") // the plain name is the Camel component's
class Outbox implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long LONGEST_CALL_SECONDS = 31;

    private final Lanes lanes;
    private final OutcomeWriter outcomes;
    private final Clock clock;
    private final Schedule schedule;
    private final Executor workers;
    private volatile @Nullable Calls calls;

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
        lanes.open(opened);
    }

    /** Starts no more calls, and returns when those under way are over and their outcomes written. */
    void close() {
        lanes.close();
        calls = null;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_CALL_SECONDS);
        while ((lanes.callsUnderWay() > 0 || !outcomes.idle()) && System.nanoTime() < deadline) {
            if (!nap()) {
                return;
            }
        }
        if (lanes.callsUnderWay() > 0) {
            LOG.warn("{} calls did not end; they are made again after the next start", lanes.callsUnderWay());
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
    Optional<Ended> tryOut(Delivery delivery, Target target) {
        Calls open = calls;
        return open == null ? Optional.empty() : Optional.of(open.attempt(delivery, target));
    }

    @Override
    public void destroy() {
        lanes.shutDown();
    }
}
