package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.store.Store;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places for calls that all lanes share. A tenant takes at most three quarters of them, and of the last quarter only a
 * few; lanes that go without are told of free places in turn, one lane of each tenant. Places are given only after a
 * commit within the last second, which proves that outcomes can be kept.
 */
final class Places {

    // More than one, because the first may be refused again; not all, because there may be thousands.
    private static final int PUMPED_PER_RELEASE = 8;
    // The age up to which a commit proves that outcomes can be kept.
    private static final long PROOF_LASTS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROVE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Runs a task after so many nanoseconds, on a thread that holds no lane. */
    interface Timer {
        void after(long nanos, Runnable task);
    }

    private final Store store;
    private final Bound calls;
    private final Bound workers;
    private final Timer timer;
    /** The lanes that went without a place. */
    private final LaneQueue starved = new LaneQueue();

    private final AtomicBoolean proving = new AtomicBoolean();

    /** A number that is never exceeded. */
    private static final class Bound {

        private final int most;
        private final AtomicLong taken = new AtomicLong();
        private final TenantCounts byTenant = new TenantCounts();

        Bound(int most) {
            this.most = most;
        }

        boolean take(String tenantId, int calling) {
            long now = taken.incrementAndGet();
            long own = byTenant.add(tenantId, 1);
            // The second half is reserved for lanes without a call: a few hung targets cannot take all places. The last
            // quarter is reserved for tenants with few calls: many hung targets of one tenant cannot either.
            boolean crowded = now > most / 2;
            int shared = most - most / 4;
            int few = Math.max(1, most / 16);
            if (now > most || (crowded && calling > 0) || own > (now > shared ? few : shared)) {
                byTenant.add(tenantId, -1);
                taken.decrementAndGet();
                return false;
            }
            return true;
        }

        void release(String tenantId) {
            if (byTenant.add(tenantId, -1) < 0) {
                byTenant.add(tenantId, 1);
                throw new IllegalStateException("A place was given back that nobody had taken");
            }
            taken.decrementAndGet();
        }
    }

    /**
     * @param most        calls at once
     * @param mostWorkers how many of them may hold a worker
     */
    Places(Store store, int most, int mostWorkers, Timer timer) {
        this.store = store;
        this.calls = new Bound(most);
        this.workers = new Bound(mostWorkers);
        this.timer = timer;
    }

    /** @param calling how many this lane has already; one that goes without is pumped when there is a place */
    boolean acquire(Lane lane, int calling, Place place) {
        if (store.sinceCommitNanos() > PROOF_LASTS_NANOS) {
            starved.add(lane);
            prove();
            return false;
        }
        String tenantId = lane.tenantId();
        if (take(tenantId, calling, place)) {
            return true;
        }
        starved.add(lane);
        // A place that came free before the lane was in the queue has not woken the lane.
        if (take(tenantId, calling, place)) {
            starved.remove(lane);
            return true;
        }
        return false;
    }

    /** Takes a place for a call outside any lane. */
    boolean acquire(Place place, String tenantId) {
        return take(tenantId, 0, place);
    }

    private boolean take(String tenantId, int calling, Place place) {
        if (!calls.take(tenantId, calling)) {
            return false;
        }
        if (place.holdsThread() && !workers.take(tenantId, calling)) {
            calls.release(tenantId);
            return false;
        }
        return true;
    }

    void release(Place place, String tenantId) {
        if (place.holdsThread()) {
            workers.release(tenantId);
        }
        calls.release(tenantId);
        if (!starved.isEmpty()) {
            starved.next(PUMPED_PER_RELEASE, any -> true).forEach(Lane::pump);
        }
    }

    /**
     * Counts threads that steps keep beyond the end of their calls as their tenant's, which gets no more than its share
     * with them; other tenants miss nothing.
     */
    void keepsThread(String tenantId, int by) {
        workers.byTenant.add(tenantId, by);
    }

    long taken() {
        return calls.taken.get();
    }

    /** No call goes out on the hope that its outcome can be kept: if nothing was committed just now, something is. */
    private void prove() {
        if (proving.compareAndSet(false, true)) {
            // On the timer, because the caller holds a lane.
            store.beat()
                    .whenComplete(
                            (kept, failure) -> timer.after(failure == null ? 0 : PROVE_AGAIN_NANOS, this::proved));
        }
    }

    private void proved() {
        proving.set(false);
        starved.all().forEach(Lane::pump);
    }
}
