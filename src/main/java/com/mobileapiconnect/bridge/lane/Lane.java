package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one target: the unit of isolation, order and limits. A lane holds a bounded number of them in
 * memory; the rest stays in the store until its turn comes. The store alone says what is unfinished: a lane can be
 * thrown away at any moment and loses nothing but time.
 *
 * <p>All state is guarded by the lane itself; nothing waits while holding its lock.
 */
final class Lane {

    /** The surroundings of a lane. */
    interface Host extends LaneRoom, LaneTime {

        /**
         * Takes a place for one more call; null if there is none. {@code calling} is the number of calls that this lane
         * has.
         */
        @Nullable Place acquire(Lane lane, int calling);

        void start(Lane lane, Turn turn);

        /** Calls {@link Lane#roomAgain} once there is memory: the lane has no delivery that waits, and got none for its next. */
        void wantsRoom(Lane lane);

        /** Fetches due deliveries and passes them to {@link Lane#loaded} later. */
        void load(Lane lane, int limit);

        void after(long nanos, Runnable task);

        void at(Instant when, Runnable task);
    }

    /** Number of deliveries fetched at once by a lane that is behind. */
    private static final int LOAD = 256;

    private static final int LOAD_BELOW = 64;
    /**
     * The number of unwritten outcomes that a lane may have for each call of its concurrency; a crash repeats their
     * calls.
     */
    private static final int UNWRITTEN_PER_CALL = 8;

    private final Host host;
    private final LaneDeliveries held;
    private final LaneLimits limits;

    private Target target;
    private boolean suspended;
    private boolean removed;
    private boolean more = true;
    /** True after a load that brought more than there was memory for: the next one waits until all it had are under way. */
    private boolean crowded;
    /** True while the lane waits for memory, and looks into the store no more. */
    private boolean roomless;

    private boolean recheck;
    private int calling;
    private int unwritten;
    /** True from a refused login until it is written, and the target disabled: no other call is refused meanwhile. */
    private boolean refused;
    /** The id of the delivery that sees whether the receiver is back; null if none does. */
    private @Nullable String probe;

    private boolean napping;
    private long napUntil;
    /** The earliest moment at which this lane will look into the store by itself. */
    private @Nullable Instant alarm;

    Lane(Target target, Host host) {
        this.target = target;
        this.host = host;
        this.held = new LaneDeliveries(host);
        this.limits = new LaneLimits(host.nanoTime());
    }

    synchronized Target target() {
        return target;
    }

    String tenantId() {
        return target().tenantId();
    }

    String targetId() {
        return target().id();
    }

    /**
     * Takes a delivery that was just committed. The delivery waits in the store if memory is short or others wait
     * there.
     */
    synchronized void offer(Delivery delivery) {
        boolean straight = open() && !more;
        if (!straight || !keep(delivery)) {
            more = true;
        }
        pump();
    }

    private boolean keep(Delivery delivery) {
        boolean kept = held.keep(delivery);
        if (!kept && held.waiting() == 0) {
            roomless = true;
            host.wantsRoom(this);
        }
        return kept;
    }

    synchronized void roomAgain() {
        roomless = false;
        pump();
    }

    /** Looks into the store again, because something may be due there. */
    synchronized void wake() {
        roomless = false;
        more = true;
        pump();
    }

    /** A slot or the store came free. */
    synchronized void pump() {
        Turn next;
        while ((next = next()) != null) {
            host.start(this, next);
        }
    }

    /** Takes over changed settings or a changed state of the target; call {@link #wake} afterwards. */
    synchronized void changed(Target now) {
        Target before = target;
        target = now;
        if (!open() || before.pace().ordered() != now.pace().ordered()) {
            held.dropWaiting();
        }
        if (!before.open() || !Objects.equals(before.url(), now.url())) {
            limits.reset();
        }
    }

    /** Makes no calls while the tenant gets no service; call {@link #wake} after its end. */
    synchronized void suspended(boolean now) {
        suspended = now;
        if (suspended) {
            held.dropWaiting();
        }
    }

    /** Returns whether deliveries may go out, as far as the target and its tenant are concerned. */
    synchronized boolean open() {
        return target.open() && !suspended;
    }

    /** Drops deliveries that were removed from the store and wait in memory. */
    synchronized void forget(Set<String> ids) {
        held.forget(ids);
    }

    synchronized void remove() {
        removed = true;
        held.dropWaiting();
    }

    /**
     * Notes that a call has come back; its outcome is not durable yet. Returns whether the lane waits for that: for the
     * sake of its order, or because many outcomes are not durable yet.
     */
    synchronized boolean called(Delivery delivery, @Nullable Outcome outcome) {
        calling = oneLess(calling, "calling");
        unwritten++;
        refused |= outcome instanceof Outcome.LoginRefused;
        Target.Pace pace = target.pace();
        limits.ended(outcome, wasProbe(delivery), target, host);
        return pace.ordered() || 2 * unwritten >= UNWRITTEN_PER_CALL * limits.concurrency(pace);
    }

    /** Returns whether this delivery was the probe, which there is no longer. */
    private boolean wasProbe(Delivery delivery) {
        boolean was = delivery.id().equals(probe);
        if (was) {
            probe = null;
        }
        return was;
    }

    /** Makes a delivery due again whose call could not be tried for lack of a route. */
    synchronized void returned(Delivery delivery) {
        calling = oneLess(calling, "calling");
        limits.notMade(wasProbe(delivery), host.nanoTime());
        held.release(delivery);
        more = true;
    }

    /** Makes a delivery due again that the bridge had no room to call; the lane tries again in a moment. */
    synchronized void deferred(Delivery delivery, Outcome.@Nullable Evidence why) {
        returned(delivery);
        limits.deferred(why, host);
    }

    /** The outcome is durable. */
    synchronized void settled(Delivery delivery, @Nullable Instant nextAt) {
        unwritten = oneLess(unwritten, "unwritten");
        refused &= unwritten > 0;
        held.settled(delivery);
        alarmAt(nextAt);
        if (recheck) {
            recheck = false;
            more = true;
        }
        pump();
    }

    /** Notes that the look into the store that {@link Host#load} asks for begins: before its first statement. */
    synchronized void lookBegins() {
        held.lookBegins();
    }

    /** @param full whether the store has more than these */
    synchronized void loaded(List<Delivery> due, boolean full, @Nullable Instant nextDue) {
        crowded = false;
        for (Delivery delivery : due) {
            if (held.settledMeanwhile(delivery)) {
                continue;
            }
            if (held.holds(delivery.id())) {
                recheck = true;
            } else if (!open() || removed) {
                full = true;
            } else if (crowded || !keep(delivery)) { // none overtakes the one that there was no memory for
                full = true;
                crowded = true;
            }
        }
        held.loadEnded();
        more |= full;
        alarmAt(nextDue);
        pump();
    }

    /** Notes that the store could not be read; the lane tries again a little later. */
    synchronized void loadFailed() {
        held.loadEnded();
        more = true;
        host.after(TimeUnit.SECONDS.toNanos(1), this::pump);
    }

    /** Sets the lane's alarm for the first retry; there is about one alarm, however many deliveries wait. */
    private void alarmAt(@Nullable Instant when) {
        if (when != null && (alarm == null || when.isBefore(alarm))) {
            alarm = when;
            host.at(when, this::alarm);
        }
    }

    private synchronized void alarm() {
        alarm = null;
        wake();
    }

    /**
     * Returns the next delivery to call, with its place taken; the caller makes the call. Null if there is none, or no
     * place.
     */
    synchronized @Nullable Turn next() {
        if (removed || refused || !open()) {
            return null;
        }
        Target.Pace pace = target.pace();
        int concurrency = limits.concurrency(pace);
        if (more
                && !roomless
                && !held.loading()
                && held.waiting() < (crowded ? 1 : Math.max(concurrency, LOAD_BELOW))) {
            more = false;
            held.loadBegins();
            // The store still shows deliveries in memory as due, so the limit is raised by their number.
            host.load(this, (crowded ? LOAD_BELOW : LOAD) + held.all());
        }
        Delivery first = held.first();
        limits.ready(first != null);
        if (first == null || calling >= concurrency || unwritten >= UNWRITTEN_PER_CALL * concurrency) {
            return null;
        }
        requireResident(first);
        // A delivery that is too old costs no call, so it waits for none.
        boolean toSend = pace.expiresAfter() == null || !pace.expired(first.grantedAt(), host.now());
        Place place = toSend && mustWait(pace) ? null : host.acquire(this, calling);
        if (place == null) {
            return null;
        }
        calling++;
        if (toSend && limits.started(pace, host.nanoTime())) {
            probe = first.id();
        }
        return new Turn(held.take(), place);
    }

    /**
     * Refuses an end that no call had, before anything else changes: a counter below zero would let the lane make more
     * calls than its target allows, for as long as the bridge runs.
     */
    private int oneLess(int counter, String name) {
        if (counter == 0) {
            throw inconsistent(name + " would be -1");
        }
        return counter - 1;
    }

    /**
     * Refuses to call a delivery that the lane no longer counts as its own, because a load could bring it a second time
     * while it is being called. The store alone knows of it from now on, and the lane goes on with the others.
     */
    private void requireResident(Delivery first) {
        if (!held.holds(first.id())) {
            held.release(held.take());
            more = true;
            throw inconsistent("resident lacks " + first.id() + ", which is ready");
        }
    }

    private IllegalStateException inconsistent(String what) {
        return new IllegalStateException("The lane of target " + target.id() + " is inconsistent: " + what);
    }

    /** Returns whether the rate, the receiver or the bridge wants the next call later; the lane then wakes at that time. */
    private boolean mustWait(Target.Pace pace) {
        long now = host.nanoTime();
        long wait = limits.waitNanos(pace, alone(), now);
        if (wait > 0 && wait != Governor.UNTIL_TOLD) {
            nap(now, wait);
        }
        return wait > 0;
    }

    /** Returns whether the ready delivery is the lane's only one, as far as the lane can know. */
    private boolean alone() {
        return held.waiting() == 1 && calling == 0 && unwritten == 0 && !more && !held.loading() && alarm == null;
    }

    private void nap(long now, long nanos) {
        if (!napping || now + nanos < napUntil) {
            napping = true;
            napUntil = now + nanos;
            host.after(nanos, this::napOver);
        }
    }

    private synchronized void napOver() {
        napping = false;
        pump();
    }

    synchronized LaneView view() {
        return limits.view(calling, target.pace(), host.nanoTime());
    }

    /** Returns whether the lane assumes that nothing is due in the store that it does not hold. */
    synchronized boolean caughtUp() {
        return open() && !removed && !more && !held.loading();
    }

    /** Returns whether the lane assumes that there is nothing to do at all. */
    synchronized boolean idle() {
        return caughtUp() && held.all() == 0 && alarm == null;
    }

    synchronized boolean holds(String deliveryId) {
        return held.holds(deliveryId);
    }
}
