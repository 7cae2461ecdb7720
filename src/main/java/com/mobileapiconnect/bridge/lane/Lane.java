package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
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
    interface Host {
        /**
         * Takes a place for one more call; null if there is none. {@code calling} is the number of calls that this lane
         * has.
         */
        @Nullable Place acquire(Lane lane, int calling);

        void start(Lane lane, Turn turn);

        /** Fetches due deliveries and passes them to {@link Lane#loaded} later. */
        void load(Lane lane, int limit);

        void after(long nanos, Runnable task);

        void at(Instant when, Runnable task);

        /** Returns whether a delivery of this weight may be held in memory beside {@code held} others of its lane. */
        boolean admits(int held, int weight);

        void released(int weight);

        long nanoTime();

        Instant now();
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
    private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
    /** All deliveries of this lane in memory: ready, in a call, or called and not yet written. */
    private final Set<String> resident = new HashSet<>();
    /** Deliveries settled or removed while a load was under way: the load's snapshot may still show them as due. */
    private final Set<String> settledWhileLoading = new HashSet<>();

    private Target target;
    private boolean removed;
    private boolean more = true;
    private boolean recheck;
    private boolean loading;
    private int calling;
    private int unwritten;
    private boolean napping;
    private long napUntil;

    private final Governor governor = new Governor();
    private final Pacer pacer;
    private LaneView.@Nullable Failure lastFailure;
    /** The earliest moment at which this lane will look into the store by itself. */
    private @Nullable Instant alarm;

    Lane(Target target, Host host) {
        this.target = target;
        this.host = host;
        this.pacer = new Pacer(host.nanoTime());
    }

    synchronized Target target() {
        return target;
    }

    String targetId() {
        return target().id();
    }

    /**
     * Takes a delivery that was just committed. The delivery waits in the store if memory is short or others wait
     * there.
     */
    synchronized void offer(Delivery delivery) {
        boolean straight = target.open() && !more;
        if (!straight || !host.admits(ready.size(), delivery.weight())) {
            more = true;
        } else {
            keep(delivery);
        }
        pump();
    }

    /** Looks into the store again, because something may be due there. */
    synchronized void wake() {
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
        if (!target.open() || before.pace().ordered() != now.pace().ordered()) {
            dropReady();
        }
        if (!before.open() || !Objects.equals(before.url(), now.url())) {
            governor.reset();
        }
    }

    /** Drops deliveries that were removed from the store and wait in memory. */
    synchronized void forget(Set<String> ids) {
        if (loading) {
            settledWhileLoading.addAll(ids);
        }
        ready.removeIf(delivery -> {
            boolean gone = ids.contains(delivery.id());
            if (gone) {
                resident.remove(delivery.id());
                host.released(delivery.weight());
            }
            return gone;
        });
    }

    synchronized void remove() {
        removed = true;
        dropReady();
    }

    private void dropReady() {
        for (Delivery delivery : ready) {
            resident.remove(delivery.id());
            host.released(delivery.weight());
        }
        ready.clear();
    }

    /** Notes that a call has come back; its outcome is not durable yet. */
    synchronized void called(@Nullable Outcome outcome) {
        calling = oneLess(calling, "calling");
        unwritten++;
        if (outcome instanceof Outcome.Delivered) {
            governor.success(target.pace().concurrency());
        } else if (outcome instanceof Outcome.Retry retry) {
            Integer status = retry.evidence().httpStatus();
            governor.failure(target.pace().concurrency(), status, retry.after(), host.nanoTime());
            lastFailure = new LaneView.Failure(host.now(), retry.evidence());
        } else {
            governor.nothingLearnt(host.nanoTime());
        }
    }

    /** Makes a delivery due again whose call could not be tried for lack of a route. */
    synchronized void returned(Delivery delivery) {
        calling = oneLess(calling, "calling");
        governor.nothingLearnt(host.nanoTime());
        resident.remove(delivery.id());
        host.released(delivery.weight());
        more = true;
    }

    /** The outcome is durable. */
    synchronized void settled(Delivery delivery, @Nullable Instant nextAt) {
        unwritten = oneLess(unwritten, "unwritten");
        resident.remove(delivery.id());
        host.released(delivery.weight());
        if (loading) {
            settledWhileLoading.add(delivery.id());
        }
        alarmAt(nextAt);
        if (recheck) {
            recheck = false;
            more = true;
        }
        pump();
    }

    /** @param full whether the store has more than these */
    synchronized void loaded(List<Delivery> due, boolean full, @Nullable Instant nextDue) {
        loading = false;
        for (Delivery delivery : due) {
            if (settledWhileLoading.contains(delivery.id())) {
                continue;
            }
            if (resident.contains(delivery.id())) {
                recheck = true;
            } else if (target.open() && !removed && host.admits(ready.size(), delivery.weight())) {
                keep(delivery);
            } else {
                full = true;
            }
        }
        settledWhileLoading.clear();
        more |= full;
        alarmAt(nextDue);
        pump();
    }

    /** Notes that the store could not be read; the lane tries again a little later. */
    synchronized void loadFailed() {
        loading = false;
        settledWhileLoading.clear();
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

    /** Calls under way and waiting in memory; the store may hold more. */
    synchronized int inMemory() {
        return resident.size();
    }

    private void keep(Delivery delivery) {
        if (resident.add(delivery.id())) {
            ready.add(delivery);
        } else {
            host.released(delivery.weight());
        }
    }

    /**
     * Returns the next delivery to call, with its place taken; the caller makes the call. Null if there is none, or no
     * place.
     */
    synchronized @Nullable Turn next() {
        if (removed || !target.open()) {
            return null;
        }
        Target.Pace pace = target.pace();
        int concurrency = governor.limit(pace.concurrency());
        if (more && !loading && ready.size() < Math.max(concurrency, LOAD_BELOW)) {
            more = false;
            loading = true;
            // The store still shows deliveries in memory as due, so the limit is raised by their number.
            host.load(this, LOAD + resident.size());
        }
        Delivery first = ready.peek();
        pacer.ready(first != null);
        if (first == null || calling >= concurrency || unwritten >= UNWRITTEN_PER_CALL * concurrency) {
            return null;
        }
        requireResident(first);
        // A delivery that is too old costs no call, so it waits for none.
        boolean toSend = pace.expiresAfter() == null || !pace.expired(first.grantedAt(), host.now());
        Place place = toSend && held(pace) ? null : host.acquire(this, calling);
        if (place == null) {
            return null;
        }
        calling++;
        if (toSend) {
            started(pace);
        }
        return new Turn(ready.remove(), place);
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
        if (!resident.contains(first.id())) {
            ready.remove();
            host.released(first.weight());
            more = true;
            throw inconsistent("resident lacks " + first.id() + ", which is ready");
        }
    }

    private IllegalStateException inconsistent(String what) {
        return new IllegalStateException("The lane of target " + target.id() + " is inconsistent: " + what);
    }

    /** Returns whether the rate or the receiver wants the next call later; the lane then wakes at that time. */
    private boolean held(Target.Pace pace) {
        long now = host.nanoTime();
        long wait = Math.max(governor.heldFor(now, alone()), pacer.waitNanos(now, pace.ratePerSecond()));
        if (wait > 0 && wait != Governor.UNTIL_TOLD) {
            nap(now, wait);
        }
        return wait > 0;
    }

    /** Returns whether the ready delivery is the lane's only one, as far as the lane can know. */
    private boolean alone() {
        return ready.size() == 1 && calling == 0 && unwritten == 0 && !more && !loading && alarm == null;
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

    private void started(Target.Pace pace) {
        long now = host.nanoTime();
        governor.started(now);
        pacer.started(now, pace.ratePerSecond());
    }

    synchronized LaneView view() {
        int concurrency = governor.limit(target.pace().concurrency());
        return new LaneView(
                calling, concurrency, governor.breaker().wireName(), governor.waitNanos(host.nanoTime()), lastFailure);
    }

    /** Returns whether the lane assumes that nothing is due in the store that it does not hold. */
    synchronized boolean caughtUp() {
        return target.open() && !removed && !more && !loading;
    }

    /** Returns whether the lane assumes that there is nothing to do at all. */
    synchronized boolean idle() {
        return caughtUp() && resident.isEmpty() && alarm == null;
    }

    synchronized boolean holds(String deliveryId) {
        return resident.contains(deliveryId);
    }
}
