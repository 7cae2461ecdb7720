package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.target.Target;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one target: the unit of isolation, order and limits. Holds a bounded number of them in memory; the
 * rest stays in the store until its turn comes. Whatever happens here, the store says what is unfinished: a lane can be
 * thrown away at any moment and loses nothing but time.
 *
 * <p>All state is guarded by the lane itself; nothing waits while holding it.
 */
final class Lane {

    /** What a lane asks of its surroundings. */
    interface Host {
        /** A place for one more call, unless there is none; {@code calling} are this lane's already. */
        boolean acquire(Lane lane, int calling);

        void start(Lane lane, Delivery delivery);

        /** Fetches what is due, later to {@link Lane#loaded}. */
        void load(Lane lane, int limit);

        void after(long nanos, Runnable task);

        void at(Instant when, Runnable task);

        /** Whether a delivery of this weight may be held in memory beside {@code held} others of its lane. */
        boolean admits(int held, int weight);

        void released(int weight);

        long nanoTime();
    }

    /** How many are fetched at once when the lane is behind, and how few are left when it fetches again. */
    private static final int LOAD = 256;

    private static final int LOAD_BELOW = 64;
    /** A crash repeats the calls under way and those whose outcome is not written yet: this bounds the latter. */
    private static final int UNWRITTEN_PER_CALL = 8;

    private final Host host;
    private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
    /** Everything of this lane that memory knows: ready, in a call, or called and not yet written. */
    private final Set<String> resident = new HashSet<>();
    /** What was settled while a load was under way: the load's snapshot may still show it as due. */
    private final Set<String> settledWhileLoading = new HashSet<>();

    private Target target;
    private boolean removed;
    private boolean more = true;
    private boolean recheck;
    private boolean loading;
    private int calling;
    private int unwritten;
    private long nextStart;
    private boolean pacing;
    /** The earliest moment at which this lane will look into the store by itself. */
    private @Nullable Instant alarm;

    Lane(Target target, Host host) {
        this.target = target;
        this.host = host;
        this.nextStart = host.nanoTime();
    }

    synchronized Target target() {
        return target;
    }

    String targetId() {
        return target().id();
    }

    /** A delivery that was just committed. If there is no room, or others wait in the store, it waits there too. */
    synchronized void offer(Delivery delivery) {
        boolean straight = target.open() && !more && !target.pace().ordered();
        if (!straight || !host.admits(ready.size(), delivery.weight())) {
            more = true;
        } else {
            keep(delivery);
        }
        pump();
    }

    /** Something may be due in the store. */
    synchronized void wake() {
        more = true;
        pump();
    }

    /** A slot or the store came free. */
    synchronized void pump() {
        Delivery next;
        while ((next = next()) != null) {
            host.start(this, next);
        }
    }

    /** The settings or the state of the target changed. */
    synchronized void changed(Target now) {
        target = now;
        if (!target.open()) {
            dropReady();
        }
        wake();
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

    /** A call has come back, with whatever; its outcome is not durable yet. */
    synchronized void called() {
        calling--;
        unwritten++;
    }

    /** The call could not even be tried (no route); the delivery is due again. */
    synchronized void returned(Delivery delivery) {
        calling--;
        resident.remove(delivery.id());
        host.released(delivery.weight());
        more = true;
    }

    /** The outcome is durable. */
    synchronized void settled(Delivery delivery, @Nullable Instant nextAt) {
        unwritten--;
        resident.remove(delivery.id());
        host.released(delivery.weight());
        if (loading) {
            settledWhileLoading.add(delivery.id());
        }
        alarmAt(nextAt);
        if (recheck || target.pace().ordered()) {
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

    /** The store could not be asked; ask again a little later. */
    synchronized void loadFailed() {
        loading = false;
        settledWhileLoading.clear();
        more = true;
        host.after(TimeUnit.SECONDS.toNanos(1), this::pump);
    }

    /** However many deliveries wait for a retry, the lane has about one alarm: for the first of them. */
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

    /** What may be called next, its place taken; the caller makes the call. Null when there is nothing, or no place. */
    synchronized @Nullable Delivery next() {
        if (removed || !target.open()) {
            return null;
        }
        int concurrency = target.pace().concurrency();
        if (more && !loading && ready.size() < Math.max(concurrency, LOAD_BELOW)) {
            more = false;
            loading = true;
            // The store still shows what memory holds as due: that many come on top.
            host.load(this, LOAD + resident.size());
        }
        int unwrittenBound = UNWRITTEN_PER_CALL * concurrency;
        if (ready.isEmpty() || calling >= concurrency || unwritten >= unwrittenBound || !onPace()) {
            return null;
        }
        if (!host.acquire(this, calling)) {
            return null;
        }
        calling++;
        paced();
        return ready.poll();
    }

    private boolean onPace() {
        if (target.pace().ratePerSecond() == null) {
            return true;
        }
        long wait = nextStart - host.nanoTime();
        if (wait <= 0) {
            return true;
        }
        if (!pacing) {
            pacing = true;
            host.after(wait, this::paceReached);
        }
        return false;
    }

    private synchronized void paceReached() {
        pacing = false;
        pump();
    }

    private void paced() {
        Double rate = target.pace().ratePerSecond();
        if (rate != null) {
            nextStart = Math.max(nextStart, host.nanoTime()) + (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        }
    }
}
