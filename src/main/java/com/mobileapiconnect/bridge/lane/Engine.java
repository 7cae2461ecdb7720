package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.setting.OpenFiles;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The things that all lanes share: the gate that opens with the route, places for calls, memory, the timer, the store.
 */
@Component
@EnableConfigurationProperties(OutboxSettings.class)
public class Engine implements Lane.Host, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Deliveries deliveries;
    private final Store store;
    private final Schedule schedule;
    private final LaneMemory memory;
    private final Roomless roomless;
    private final Places places;
    private final Duration stepsWithin;
    private final Loads loads = new Loads();
    private final Quiet quiet = new Quiet();
    private final ScheduledExecutorService timer = Threads.timer("outbox-timer");

    private volatile @Nullable Caller caller;
    private volatile boolean storeKeepsOutcomes = true;

    /** Makes the calls of lanes. The caller holds its lane, so implementations hand the call over and never wait. */
    interface Caller {

        /** Returns the place that a call to this target takes. */
        Place placeFor(Target target);

        void call(Lane lane, Turn turn);
    }

    public Engine(Deliveries deliveries, Store store, Schedule schedule, OutboxSettings settings) {
        this.deliveries = deliveries;
        this.store = store;
        this.schedule = schedule;
        this.memory = new LaneMemory(settings.memory().toBytes());
        this.roomless = new Roomless(memory, this::after);
        this.stepsWithin = settings.stepsWithin();
        this.places = new Places(store, mostCalls(settings), settings.maxWorkers(), this::after);
    }

    private static int mostCalls(OutboxSettings settings) {
        int files = OpenFiles.forCalls();
        if (files < settings.maxCalls()) {
            LOG.warn(
                    "At most {} calls are made at once, not {} (bridge.outbox.max-calls): the system lets this process have"
                            + " twice as many files open (ulimit -n)",
                    files,
                    settings.maxCalls());
        }
        return Math.min(settings.maxCalls(), files);
    }

    /** Returns the time that the steps of a route have for one attempt. */
    Duration stepsWithin() {
        return stepsWithin;
    }

    /** Allows calls, which lanes start when they are next told to look. */
    void open(Caller newCaller) {
        caller = newCaller;
    }

    boolean isOpenBy(Caller some) {
        return caller == some;
    }

    /** Starts no more calls; those under way go on. */
    void close() {
        caller = null;
    }

    /**
     * Stops calls while outcomes cannot be written, or allows them again. Returns true if calls were stopped until now
     * and the lanes have to look.
     */
    boolean storeKeepsOutcomes(boolean keeps) {
        boolean resumed = keeps && !storeKeepsOutcomes;
        storeKeepsOutcomes = keeps;
        return resumed;
    }

    int callsUnderWay() {
        return Math.toIntExact(places.taken());
    }

    /** Returns the condition that nothing is under way, for a shutdown to wait for. */
    Quiet quiet() {
        return quiet;
    }

    @Override
    public @Nullable Place acquire(Lane lane, int calling) {
        Caller current = caller;
        if (current == null || !storeKeepsOutcomes) {
            return null; // when calls are allowed again, the lanes are told to look
        }
        Place place = current.placeFor(lane.target());
        return places.acquire(lane, calling, place) ? place : null;
    }

    /** Takes a place for a call of this tenant that is in no lane; false when there is none. */
    boolean acquire(Place place, String tenantId) {
        return places.acquire(place, tenantId);
    }

    /** Counts a thread that a step of a tenant's call keeps beyond its end, or one that came back. */
    void keepsThread(String tenantId, int by) {
        places.keepsThread(tenantId, by);
    }

    /** Releases the place of a tenant's call. The caller must not hold a lane. */
    void release(Place place, String tenantId) {
        places.release(place, tenantId);
        quiet.look();
    }

    @Override
    public void start(Lane lane, Turn turn) {
        Caller current = caller;
        if (current == null) {
            giveBack(lane, turn);
        } else {
            current.call(lane, turn);
        }
    }

    /** The call cannot be made now. Not done on this thread, which holds the lane: a free place has others pumped. */
    void giveBack(Lane lane, Turn turn) {
        after(0, () -> {
            try {
                lane.returned(turn.delivery());
            } finally {
                release(turn.place(), lane.tenantId());
            }
        });
    }

    @Override
    public void load(Lane lane, int limit) {
        loads.add(lane.tenantId(), () -> loadNow(lane, limit));
    }

    private CompletableFuture<?> loadNow(Lane lane, int limit) {
        return store.readLater(sql -> {
                    lane.lookBegins();
                    Target target = lane.target();
                    Instant now = schedule.now();
                    Deliveries.Due due =
                            deliveries.due(sql, target.id(), target.pace().ordered(), now, limit, lane::holds);
                    lane.loaded(
                            due.deliveries(),
                            due.more(),
                            due.more() ? null : deliveries.nextDue(sql, target.id(), now));
                    return due.deliveries().size();
                })
                .exceptionally(failure -> {
                    after(0, lane::loadFailed); // not here: this thread may hold another lane
                    return 0;
                });
    }

    @Override
    public void after(long nanos, Runnable task) {
        try {
            timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            // the bridge is closing: nothing needs waking
        }
    }

    @Override
    public void at(Instant when, Runnable task) {
        after(Math.max(0, Duration.between(schedule.now(), when).toNanos()), task);
    }

    @Override
    public boolean admits(int held, Delivery delivery) {
        return memory.admits(held, delivery.tenantId(), delivery.weight());
    }

    @Override
    public void wantsRoom(Lane lane) {
        roomless.add(lane);
    }

    @Override
    public void released(Delivery delivery) {
        memory.released(delivery.tenantId(), delivery.weight());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return schedule.onTheWall(schedule.now());
    }

    /** Stops the timer, after everything that makes calls or waits for them. */
    @Override
    public void destroy() {
        close();
        timer.shutdownNow();
    }
}
