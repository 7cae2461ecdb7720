package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls by one route: calls of the lanes, with outcomes that go to the store, and calls that try a target out.
 */
final class LaneCaller implements Engine.Caller {

    private static final Logger LOG = LoggerFactory.getLogger(LaneCaller.class);

    /** The time after which a lane lets a loop do something for others. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The weight of a delivery up to which its body is signed on a loop. */
    private static final int LARGEST_ON_LOOP = 32 << 10;

    private final Calls calls;
    private final Calls.Route route;
    private final Engine engine;
    private final OutcomeWriter outcomes;
    private final AttemptMetrics metrics;
    private final BooleanSupplier cut;

    /** @param cut whether only successes count, because the client is about to be closed during calls */
    LaneCaller(
            Calls calls,
            Calls.Route route,
            Engine engine,
            OutcomeWriter outcomes,
            AttemptMetrics metrics,
            BooleanSupplier cut) {
        this.calls = calls;
        this.route = route;
        this.engine = engine;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.cut = cut;
    }

    @Override
    public Place placeFor(Target target) {
        return calls.placeFor(route, target);
    }

    @Override
    public void call(Lane lane, Turn turn) {
        try {
            calls.execute(turn.place(), lane.target(), () -> drive(lane, turn, turn.place()));
        } catch (RejectedExecutionException e) {
            giveBack(lane, turn, e);
        }
    }

    /** Goes on with the lane's next delivery on the same thread: a hand-over between threads costs more than a call. */
    private void drive(Lane lane, @Nullable Turn first, Place thread) {
        @Nullable Turn turn = first;
        long begun = System.nanoTime();
        while (turn != null) {
            if (thread == Place.LOOP && turn != first && System.nanoTime() - begun > TURN_NANOS) {
                driveElsewhere(lane, turn, thread); // behind what the loop has to do for other lanes
                return;
            }
            if (!engine.isOpenBy(this)) {
                engine.start(lane, turn); // by the newer version of the route, which has taken over
                return;
            }
            Place needed = needed(lane, turn);
            if (needed.compareTo(thread) > 0) {
                driveElsewhere(lane, turn, needed); // the connector was changed, or the sender was found to block
                return;
            }
            calls.make(route, turn.delivery(), lane.target(), turn.place(), new LaneCall(lane));
            turn = lane.next();
        }
    }

    /** A large body takes long to sign, for which a loop has no time. */
    private Place needed(Lane lane, Turn turn) {
        Place place = placeFor(lane.target());
        return place == Place.LOOP && turn.delivery().weight() > LARGEST_ON_LOOP ? Place.QUICK : place;
    }

    private void driveElsewhere(Lane lane, Turn turn, Place thread) {
        try {
            calls.execute(thread, lane.target(), () -> drive(lane, turn, thread));
        } catch (RejectedExecutionException e) {
            giveBack(lane, turn, e);
        }
    }

    private void giveBack(Lane lane, Turn turn, RejectedExecutionException why) {
        LOG.warn(
                "No thread for delivery {}; it is tried again: {}",
                turn.delivery().id(),
                why.getMessage());
        Outcome.Deferred outcome = Outcome.Deferred.because("No thread for the call");
        // Not on this thread, which may hold the lane: a free place has other lanes pumped.
        engine.after(0, () -> {
            metrics.deferred();
            try {
                lane.deferred(turn.delivery(), outcome.evidence());
            } finally {
                engine.release(turn.place(), turn.delivery().tenantId());
            }
            lane.pump();
        });
    }

    /** Makes a single attempt outside any lane, whose outcome is not kept; empty if no place is free. */
    Optional<CompletableFuture<Ended>> tryOut(Delivery delivery, Target target) {
        Place place = placeFor(target);
        if (!engine.acquire(place, target.tenantId())) {
            return Optional.empty();
        }
        TryOut tryOut = new TryOut();
        try {
            calls.execute(place, target, () -> calls.make(route, delivery, target, place, tryOut));
        } catch (RejectedExecutionException e) {
            engine.release(place, target.tenantId());
            return Optional.empty();
        }
        return Optional.of(tryOut.ended);
    }

    boolean isBy(Calls.Route other) {
        return route == other;
    }

    /** A call that a lane wanted. */
    private final class LaneCall implements Call.Owner {

        private final Lane lane;

        LaneCall(Lane lane) {
            this.lane = lane;
        }

        @Override
        public void over(Call call, Ended ended) {
            if (cut.getAsBoolean() && !ended.success()) {
                return; // the call failed because the bridge is stopping
            }
            AttemptLog.write(ended);
            metrics.count(ended);
            try {
                if (ended.outcome() instanceof Outcome.Deferred) {
                    lane.deferred(call.attempt().delivery(), ended.outcome().evidence());
                } else {
                    called(ended);
                }
            } finally {
                engine.release(call.place(), lane.tenantId());
            }
            if (!call.here()) {
                lane.pump();
            }
        }

        private void called(Ended ended) {
            boolean awaited = true;
            try {
                awaited = lane.called(ended.attempt().delivery(), ended.outcome());
            } finally {
                outcomes.add(lane, ended, awaited || !ended.success());
            }
        }

        @Override
        public void free(Call call) {
            drive(lane, lane.next(), call.place());
        }
    }

    /** A call whose caller is told the result. */
    private final class TryOut implements Call.Owner {

        private final CompletableFuture<Ended> ended = new CompletableFuture<>();

        @Override
        public void over(Call call, Ended with) {
            AttemptLog.write(with);
            engine.release(call.place(), call.attempt().target().tenantId());
            ended.complete(with);
        }

        @Override
        public void free(Call call) {
            // no other follows
        }
    }
}
