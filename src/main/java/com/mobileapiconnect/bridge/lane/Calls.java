package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.delivery.RefusedByStepException;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.thread.Loops;
import com.mobileapiconnect.bridge.thread.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes attempts through the route, each to exactly one end: the route's decision, a failure, or the deadline of the
 * steps or of the call. Anything after that end is dropped.
 */
@Component
class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Workers workers;
    private final Loops loops;
    private final Senders senders;
    private final Stuck stuck;
    private final Clock clock;
    private final Schedule schedule;
    private final Duration stepsWithin;
    private final Deadlines deadlines;
    private final Detours<Route> detours = new Detours<>();

    /** The route of attempts through the pipeline; its decision is in the attempt afterwards. */
    interface Route {

        /** @param done receives the failure, if any, when the call is through; on this thread or, later, on another */
        void process(Call call, Consumer<@Nullable Throwable> done) throws Exception;

        /** Returns whether the route has steps besides the sending. */
        boolean hasSteps();
    }

    Calls(Workers workers, Loops loops, Senders senders, Stuck stuck, Engine engine, Clock clock, Schedule schedule) {
        this.workers = workers;
        this.loops = loops;
        this.senders = senders;
        this.stuck = stuck;
        this.clock = clock;
        this.schedule = schedule;
        this.stepsWithin = engine.stepsWithin();
        this.deadlines = new Deadlines(engine::after, engine::nanoTime, this::giveUp);
    }

    Detours<Route> detours() {
        return detours;
    }

    /** Steps of integrators may wait, and so may some senders. */
    Place placeFor(Route route, Target target) {
        if (detours.of(target, route).hasSteps()) {
            return Place.STEPS;
        }
        if (senders.block(target.connector())) {
            return Place.WORKER;
        }
        return senders.onLoops(target.connector()) ? Place.LOOP : Place.QUICK;
    }

    /**
     * Runs a task that makes calls to a target in places of this kind.
     *
     * @throws RejectedExecutionException if there is no thread for it
     */
    void execute(Place place, Target target, Runnable task) {
        switch (place) {
            case LOOP -> loops.of(target.id()).execute(task);
            case QUICK -> workers.executeQuick(task);
            case WORKER -> workers.execute(task);
            case STEPS -> workers.executeSteps(task);
        }
    }

    /** Begins an attempt; returns when the attempt is over, or under way without this thread. */
    void make(Route route, Delivery delivery, Target target, Place place, Call.Owner owner) {
        Attempt attempt = new Attempt(delivery, target, clock.instant(), System.nanoTime());
        Call call = new Call(attempt, place, owner, stepsWithin.toNanos());
        call.enter();
        try {
            String full = stuck.full(target);
            if (target.pace().expired(delivery.grantedAt(), attempt.at())) {
                end(call, new Outcome.Expired());
            } else if (full != null) {
                end(call, Outcome.Deferred.because(full));
            } else {
                deadlines.add(call);
                detours.of(target, route).process(call, failure -> routed(call, failure));
            }
        } catch (Throwable e) {
            routed(call, e);
        } finally {
            leave(call);
        }
    }

    Optional<Preview> preview(Delivery delivery, Target target) {
        Attempt attempt = new Attempt(delivery, target, clock.instant(), System.nanoTime());
        return senders.of(target.connector()).preview(attempt, delivery.body());
    }

    /** Carries on with a call that was under way without a thread. */
    void resume(Call call, Runnable rest) {
        Runnable task = () -> {
            call.enter();
            try {
                rest.run();
            } catch (Throwable e) {
                routed(call, e);
            } finally {
                leave(call);
            }
            if (call.isOver()) {
                call.owner().free(call);
            }
        };
        if (call.place() == Place.LOOP && loops.current() != null) {
            task.run();
            return;
        }
        try {
            execute(call.place(), call.attempt().target(), task);
        } catch (RejectedExecutionException e) {
            workers.executeQuick(task); // the call must end, and needs no further place
        }
    }

    /** The route is through. */
    private void routed(Call call, @Nullable Throwable failure) {
        Outcome decided = call.attempt().outcome();
        if (failure == null) {
            end(call, decided);
        } else if (decided != null && !call.isOver()) {
            LOG.warn(
                    "A step failed after delivery {} was decided, which stands",
                    call.attempt().delivery().id(),
                    failure);
            call.attempt().stepFailed(describe(failure));
            end(call, decided);
        } else if (failure instanceof Workers.NoneFreeException) {
            end(call, Outcome.Deferred.because("No thread for the call"));
        } else if (failure instanceof RefusedByStepException) {
            end(call, new Outcome.Rejected(Evidence.failure(ErrorClass.ROUTE, String.valueOf(failure.getMessage()))));
        } else if (!call.isOver()) {
            LOG.warn(
                    "Delivery {} failed in its route", call.attempt().delivery().id(), failure);
            end(call, new Outcome.Retry(Evidence.failure(ErrorClass.ROUTE, describe(failure)), null));
        }
    }

    private void end(Call call, @Nullable Outcome outcome) {
        if (call.end()) {
            deadlines.remove(call);
            over(call, outcome);
        }
    }

    /** Finishes a call; run by the thread that has ended it. */
    private void over(Call call, @Nullable Outcome outcome) {
        Attempt attempt = call.attempt();
        try {
            call.owner().over(call, ended(attempt, outcome));
        } catch (RuntimeException e) {
            LOG.error(
                    "The follow-up of an attempt at delivery {} failed",
                    attempt.delivery().id(),
                    e);
        }
    }

    private Ended ended(Attempt attempt, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Expired) {
            return Ended.of(attempt, outcome, attempt.at(), 0, ThreadLocalRandom.current());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attempt.startNanos());
        return outcome == null
                ? Ended.withoutOutcome(attempt, millis)
                : Ended.of(attempt, outcome, schedule.now(), millis, ThreadLocalRandom.current());
    }

    /**
     * Gives calls up, and starts their follow-up first: cancelling may wait for a sender, which delays only calls of
     * the same connector.
     */
    private void giveUp(List<Call> late) {
        if (late.isEmpty()) {
            return;
        }
        // The reason is taken now, because cancelling moves the call on.
        List<Runnable> ends = late.stream()
                .<Runnable>map(call -> {
                    Outcome outcome = tooLate(call);
                    return () -> over(call, outcome);
                })
                .toList();
        workers.executeQuick(() -> ends.forEach(Runnable::run));
        late.stream().collect(Collectors.groupingBy(Call::connector)).forEach((connector, calls) -> {
            try {
                workers.execute(() -> calls.forEach(this::cancel));
            } catch (RejectedExecutionException e) {
                LOG.warn("No thread to cancel {} calls of the connector {}", calls.size(), connector);
            }
        });
    }

    private Outcome tooLate(Call call) {
        if (call.isWithSender()) {
            return timeout("No answer within the timeout; the call was cancelled");
        }
        Outcome decided = call.attempt().outcome();
        String late =
                "were not done within " + stepsWithin.toString().substring(2).toLowerCase(Locale.ROOT)
                        + ", the time of all steps together; it was up in " + call.step();
        if (decided != null) {
            call.attempt().stepFailed("The steps after it " + late);
            return decided;
        }
        return timeout("The steps of the route " + late);
    }

    private void cancel(Call call) {
        synchronized (call) { // so that the thread cannot leave the call in between
            if (call.interrupt()) {
                stuck.add(call);
                if (call.place() == Place.QUICK) {
                    workers.adjustQuick(1);
                }
                if (!call.place().holdsThread() && !call.keptBySteps()) {
                    senders.foundToBlock(call.connector());
                }
            }
        }
        SenderAnswer awaited = call.awaited();
        if (awaited != null) {
            awaited.cancel();
        }
    }

    private void leave(Call call) {
        if (call.leave()) {
            stuck.remove(call);
            if (call.place() == Place.QUICK) {
                workers.adjustQuick(-1);
            }
        }
    }

    private static Outcome timeout(String error) {
        return new Outcome.Retry(Evidence.failure(ErrorClass.TIMEOUT, error), null);
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
