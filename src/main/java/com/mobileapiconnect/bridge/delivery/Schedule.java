package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The time by which deliveries are due. The schedule advances with the monotonic clock, so a wall clock set by a
 * person, by NTP or after a sleep neither delays nor hurries deliveries. At the start the schedule is the wall clock's
 * time, plus the distance between the two when the bridge last ran.
 */
@Component
public class Schedule {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final String NAME = "schedule-ahead-ms";
    private static final String FIND = "select value from meta where name = '" + NAME + "'";
    private static final String KEEP = "insert into meta (name, value) values ('" + NAME + "', ?)"
            + " on conflict (name) do update set value = excluded.value";
    // A smaller difference is drift between the clocks, not a clock that was set.
    private static final long STEP_MILLIS = 1_000;

    private final Store store;
    private final Clock wall;
    private final LongSupplier nanoTime;
    private final Instant start;
    private final long startNanos;
    private long keptAheadMillis;

    @Autowired
    public Schedule(Store store, Clock wall) {
        this(store, wall, System::nanoTime);
    }

    public Schedule(Store store, Clock wall, LongSupplier nanoTime) {
        this.store = store;
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.keptAheadMillis = store.read(sql -> sql.sql(FIND)
                .query(String.class)
                .optional()
                .map(Long::parseLong)
                .orElse(0L));
        this.start = wall.instant().plusMillis(keptAheadMillis);
        this.startNanos = nanoTime.getAsLong();
    }

    public Instant now() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }

    /** Converts a time of the schedule into the wall clock's time, as far as known now. */
    public Instant onTheWall(Instant scheduled) {
        long ahead = aheadMillis();
        return Math.abs(ahead) < STEP_MILLIS ? scheduled : scheduled.minusMillis(ahead);
    }

    private long aheadMillis() {
        return Duration.between(wall.instant(), now()).toMillis();
    }

    /** Stores for the next start that the wall clock was set; writes nothing if it was not. */
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    public synchronized void noteSteps() {
        long ahead = aheadMillis();
        if (Math.abs(ahead - keptAheadMillis) < STEP_MILLIS) {
            return;
        }
        LOG.warn("The wall clock was set by {} ms; retries keep their distance", keptAheadMillis - ahead);
        store.writeNow(tx -> tx.sql().sql(KEEP).param(Long.toString(ahead)).update());
        keptAheadMillis = ahead;
    }
}
