package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls of all lanes: sends each due delivery through the route and takes its outcome to the store. */
final class Calls implements Lanes.Caller {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Route route;
    private final Lanes lanes;
    private final OutcomeWriter outcomes;
    private final Clock clock;
    private final Schedule schedule;
    private final Executor workers;
    private volatile boolean cut;

    /** The way of an attempt through the pipeline; what it decides stands in the attempt afterwards. */
    @FunctionalInterface
    interface Route {
        void process(Attempt attempt) throws Exception;
    }

    Calls(Route route, Lanes lanes, OutcomeWriter outcomes, Clock clock, Schedule schedule, Executor workers) {
        this.route = route;
        this.lanes = lanes;
        this.outcomes = outcomes;
        this.clock = clock;
        this.schedule = schedule;
        this.workers = workers;
    }

    @Override
    public void call(Lane lane, Delivery delivery) {
        try {
            workers.execute(() -> run(lane, delivery));
        } catch (RejectedExecutionException e) {
            LOG.warn("No thread for delivery {}; it is tried again: {}", delivery.id(), e.getMessage());
            lane.returned(delivery);
            lanes.release();
        }
    }

    /** Goes on with the lane's next delivery on the same thread: a hand-over between threads costs more than the call. */
    private void run(Lane lane, Delivery first) {
        @Nullable Delivery next = first;
        while (next != null) {
            Ended ended = attempt(next, lane.target());
            if (cut && !ended.success()) {
                return; // it failed because the bridge goes down
            }
            lane.called(ended.outcome());
            outcomes.add(lane, ended);
            lanes.release();
            next = lane.next();
        }
    }

    /** One attempt, start to end; never throws. */
    Ended attempt(Delivery delivery, Target target) {
        Attempt attempt = new Attempt(delivery, target, clock.instant(), System.nanoTime());
        Outcome outcome;
        if (target.pace().expired(delivery.grantedAt(), attempt.at())) {
            return Ended.of(attempt, new Outcome.Expired(), attempt.at(), 0, ThreadLocalRandom.current());
        }
        try {
            route.process(attempt);
            outcome = attempt.outcome();
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.warn("Delivery {} failed in its route", delivery.id(), e);
            outcome = new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.ROUTE, describe(e)), null);
        }
        long durationMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attempt.startNanos());
        Ended ended = outcome == null
                ? Ended.withoutOutcome(attempt, durationMs)
                : Ended.of(attempt, outcome, schedule.now(), durationMs, ThreadLocalRandom.current());
        if (!cut || ended.success()) {
            AttemptLog.write(ended);
        }
        return ended;
    }

    /** From now on only what was delivered counts: the client is about to be closed under the calls. */
    void cut() {
        cut = true;
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
