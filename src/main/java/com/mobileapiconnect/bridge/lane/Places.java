package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.store.Store;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places for calls that all lanes share. Places are given only after a commit within the last second, which proves
 * that outcomes can be kept.
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
    private final Set<Lane> starved = new LinkedHashSet<>(); // guarded by itself
    private final AtomicBoolean proving = new AtomicBoolean();

    /** A number that is never exceeded. */
    private static final class Bound {

        private final int most;
        private final AtomicLong taken = new AtomicLong();

        Bound(int most) {
            this.most = most;
        }

        boolean take(int calling) {
            long now = taken.incrementAndGet();
            // The second half is reserved for lanes without a call: a few hung targets cannot take all places.
            boolean crowded = now > most / 2;
            if (now > most || (crowded && calling > 0)) {
                taken.decrementAndGet();
                return false;
            }
            return true;
        }

        void release() {
            if (taken.decrementAndGet() < 0) {
                taken.incrementAndGet();
                throw new IllegalStateException("A place was given back that nobody had taken");
            }
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
            starve(lane);
            prove();
            return false;
        }
        if (take(calling, place)) {
            return true;
        }
        starve(lane);
        // A place that came free before the lane was in the queue has not woken the lane.
        if (take(calling, place)) {
            sated(lane);
            return true;
        }
        return false;
    }

    /** Takes a place for a call outside any lane. */
    boolean acquire(Place place) {
        return take(0, place);
    }

    private boolean take(int calling, Place place) {
        if (!calls.take(calling)) {
            return false;
        }
        if (place == Place.WORKER && !workers.take(calling)) {
            calls.release();
            return false;
        }
        return true;
    }

    void release(Place place) {
        if (place == Place.WORKER) {
            workers.release();
        }
        calls.release();
        List<Lane> next = new ArrayList<>();
        synchronized (starved) {
            Iterator<Lane> waiting = starved.iterator();
            while (waiting.hasNext() && next.size() < PUMPED_PER_RELEASE) {
                next.add(waiting.next());
                waiting.remove();
            }
        }
        next.forEach(Lane::pump);
    }

    long taken() {
        return calls.taken.get();
    }

    private void starve(Lane lane) {
        synchronized (starved) {
            starved.add(lane);
        }
    }

    private void sated(Lane lane) {
        synchronized (starved) {
            starved.remove(lane);
        }
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
        List<Lane> all;
        synchronized (starved) {
            all = List.copyOf(starved);
            starved.clear();
        }
        all.forEach(Lane::pump);
    }
}
