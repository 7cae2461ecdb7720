package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All lanes, and what they share: places for calls, memory, the timer, the store. */
@Component
public class Lanes implements Lane.Host {

    // A lane never holds more than this beyond its first one, whatever the memory allows.
    private static final int MAX_HELD = 1024;
    private static final int MAX_HELD_CROWDED = 64;

    private final Targets targets;
    private final Deliveries deliveries;
    private final Store store;
    private final Schedule schedule;
    private final OutboxSettings settings;
    private final Reorder reorder;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicLong memory;
    private final Places places;
    private final ScheduledExecutorService timer = Threads.timer("outbox-timer");
    /**
     * Follows commits up, in their order. A delivery that somebody found in the store and sent before it was handed over
     * is settled here later than that: so its lane still knows it then, and does not send it twice.
     */
    private final ExecutorService afterwards = Threads.one("outbox-commits");

    private volatile @Nullable Caller caller;
    private volatile boolean storeKeepsOutcomes = true;

    /** Makes one call for a lane, on a thread that may wait. */
    interface Caller {
        void call(Lane lane, Delivery delivery);
    }

    public Lanes(
            Targets targets,
            Deliveries deliveries,
            Reorder reorder,
            Store store,
            Schedule schedule,
            OutboxSettings settings) {
        this.targets = targets;
        this.deliveries = deliveries;
        this.reorder = reorder;
        this.store = store;
        this.schedule = schedule;
        this.settings = settings;
        this.memory = new AtomicLong(settings.memory().toBytes());
        this.places = new Places(store, settings.maxCalls(), this::after);
        targets.watch(this::changed);
        deliveries.watchRemoved(removed -> afterwards.execute(() -> removed(removed)));
    }

    /** In the order of commits, so that a delivery is handed over before it is forgotten, never afterwards. */
    private void removed(Deliveries.Removed removed) {
        forget(removed.ids());
        removed.released().forEach(this::wake);
    }

    /** These were made in this transaction: with its commit they go straight to their lanes. */
    public void handOverAfter(Transaction tx, List<Delivery> made) {
        if (!made.isEmpty()) {
            tx.afterCommit(() -> afterwards.execute(() -> handOver(made)));
        }
    }

    /** For whoever follows a commit up in its turn. */
    Executor afterwards() {
        return afterwards;
    }

    /** Deliveries that were just committed go straight to their lanes; only {@link #afterwards}. */
    void handOver(List<Delivery> committed) {
        for (Delivery delivery : committed) {
            Lane lane = lane(delivery.targetId());
            if (lane != null) {
                lane.offer(delivery);
            }
        }
    }

    /** From now on calls are made; everything unfinished in the store is picked up. */
    void open(Caller newCaller) {
        caller = newCaller;
        targets.all().forEach(target -> {
            reorder.atStart(target, this::wake);
            lane(target.id());
        });
        sweep();
    }

    /** Starts no more calls; those under way go on. */
    void close() {
        caller = null;
    }

    /** While outcomes cannot be written no call is started: it could not be told from one that never was. */
    void storeKeepsOutcomes(boolean keeps) {
        boolean resumed = keeps && !storeKeepsOutcomes;
        storeKeepsOutcomes = keeps;
        if (resumed) {
            sweep();
        }
    }

    /** Lets every lane look into the store now. */
    void sweep() {
        lanes.values().forEach(Lane::wake);
    }

    public void wake(String targetId) {
        Lane lane = lane(targetId);
        if (lane != null) {
            lane.wake();
        }
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    long callsUnderWay() {
        return places.taken();
    }

    private @Nullable Lane lane(String targetId) {
        Lane lane = lanes.get(targetId);
        if (lane != null) {
            return lane;
        }
        Target target = targets.find(targetId).orElse(null);
        return target == null ? null : lanes.computeIfAbsent(targetId, id -> new Lane(target, this));
    }

    private void changed(Target target) {
        if (targets.find(target.id()).isEmpty()) {
            Lane gone = lanes.remove(target.id());
            if (gone != null) {
                gone.remove();
            }
            return;
        }
        Lane lane = lane(target.id());
        if (lane == null) {
            return;
        }
        boolean otherOrder = lane.target().pace().ordered() != target.pace().ordered();
        if (otherOrder) {
            reorder.changed(target, this::wake);
        }
        lane.changed(target);
    }

    /** These were taken out of the store: they are not called any more. */
    public void forget(Set<String> deliveryIds) {
        lanes.values().forEach(lane -> lane.forget(deliveryIds));
    }

    /** What goes on in the lane of this target. */
    public LaneView view(Target target) {
        Lane lane = lane(target.id());
        return lane == null ? LaneView.of(target) : lane.view();
    }

    @Override
    public boolean acquire(Lane lane, int calling) {
        if (caller == null || !storeKeepsOutcomes) {
            return false; // whoever changes that sweeps
        }
        return places.acquire(lane, calling);
    }

    /** A call's place is free again. */
    void release() {
        places.release();
    }

    @Override
    public void start(Lane lane, Delivery delivery) {
        Caller current = caller;
        if (current == null) {
            release();
            lane.returned(delivery);
        } else {
            current.call(lane, delivery);
        }
    }

    @Override
    public void load(Lane lane, int limit) {
        Target target = lane.target();
        Instant now = schedule.now();
        store.readLater(sql -> {
                    List<Delivery> due =
                            deliveries.due(sql, target.id(), target.pace().ordered(), now, limit);
                    boolean full = due.size() == limit;
                    lane.loaded(due, full, full ? null : deliveries.nextDue(sql, target.id(), now));
                    return due.size();
                })
                .exceptionally(failure -> {
                    lane.loadFailed();
                    return 0;
                });
    }

    @Override
    public void after(long nanos, Runnable task) {
        try {
            timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            // nobody needs waking any more
        }
    }

    @Override
    public void at(Instant when, Runnable task) {
        after(Math.max(0, Duration.between(schedule.now(), when).toNanos()), task);
    }

    @Override
    public boolean admits(int held, int weight) {
        long left = memory.addAndGet(-weight);
        // The second half of the memory is for lanes that hold little: one that is behind cannot take it all.
        int most = left > settings.memory().toBytes() / 2 ? MAX_HELD : MAX_HELD_CROWDED;
        if (held == 0 || (left > 0 && held < most)) {
            return true;
        }
        memory.addAndGet(weight);
        return false;
    }

    @Override
    public void released(int weight) {
        memory.addAndGet(weight);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return schedule.onTheWall(schedule.now());
    }

    public void shutDown() {
        close();
        timer.shutdownNow();
    }
}
