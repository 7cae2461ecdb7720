package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The places of large backlogs. With its deliveries a backlog takes several times its size until it is stored, and
 * rules may take half a second for each message. A tenant that has a place gets another one only if there is room. A
 * tenant without one waits, and the backlog that has had its place for longest gives it up between two messages.
 */
@Component
class LargeBacklogs {

    /** So many fit into a small heap. */
    static final int MOST = 3;

    private static final int OF_A_TENANT = 2;
    private static final int MOST_WAITING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Time for which a backlog has its place whoever waits: most are stored within a second. */
    static final Duration UNDISTURBED = Duration.ofSeconds(5);

    private final UnansweredPhones unanswered;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Place> taken = new ArrayList<>(); // guarded by the lock; the oldest first
    private final Deque<Place> waiting = new ArrayDeque<>(); // guarded by the lock

    @Autowired
    LargeBacklogs(UnansweredPhones unanswered) {
        this(unanswered, PATIENCE, System::nanoTime);
    }

    LargeBacklogs(UnansweredPhones unanswered, Duration patience, LongSupplier nanoTime) {
        this.unanswered = unanswered;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** The place of a backlog. Close it when the backlog is stored or refused. */
    final class Place implements AutoCloseable, BooleanSupplier {

        private final String tenantId;
        private long since;

        private Place(String tenantId) {
            this.tenantId = tenantId;
        }

        /** Returns whether the place has to be given up, because somebody waits for one. */
        @Override
        public boolean getAsBoolean() {
            lock.lock();
            try {
                return !waiting.isEmpty()
                        && taken.get(0) == this
                        && nanoTime.getAsLong() - since > UNDISTURBED.toNanos();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                taken.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns a place; throws a 503 {@link Problem} if there is none for this tenant. */
    Place enter(String tenantId) {
        Place place = new Place(tenantId);
        lock.lock();
        try {
            long has = has(tenantId, taken) + has(tenantId, waiting);
            boolean room = waiting.isEmpty() && taken.size() < MOST;
            if (has >= OF_A_TENANT || (has > 0 && !room)) {
                throw Problem.unavailable("Several large backlogs of this tenant are being received at the moment.");
            }
            if (!room && (waiting.size() >= MOST_WAITING || !await(place))) {
                unanswered.turnedAway();
                throw Problem.unavailable("Several large backlogs are being received at the moment.");
            }
            place.since = nanoTime.getAsLong();
            taken.add(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    private static long has(String tenantId, Iterable<Place> places) {
        long has = 0;
        for (Place place : places) {
            has += place.tenantId.equals(tenantId) ? 1 : 0;
        }
        return has;
    }

    /** Waits in line; returns whether there is a place. */
    private boolean await(Place place) {
        waiting.add(place);
        try {
            long left = patience.toNanos();
            while (left > 0 && (waiting.peek() != place || taken.size() >= MOST)) {
                left = changed.awaitNanos(left);
            }
            return waiting.peek() == place && taken.size() < MOST;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(place);
            changed.signalAll(); // the next in line may be the first now
        }
    }
}
