package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Ends leases, expires SMS in time, and wakes phones for SMS whose time has come or that can be fetched again, also after
 * the clock was set back.
 */
@Component
class Sweeper implements Unfinished, SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final String TAKEABLE_SINCE = Outgoing.Status.sql(
            "select distinct device_id from outgoing where status < {SENT} and due_at > ? and due_at <= ?");
    private static final String OF_DEVICE =
            Outgoing.Status.sql("select 1 from outgoing where device_id = ? and status < {SENT} limit 1");

    // Another node may commit an SMS late that was due before by that node's clock.
    private static final long MARGIN_MILLIS = 10_000;
    private static final int RELEASED_AT_ONCE = 100;

    private final OutgoingQueue queue;
    private final Refs refs;
    private final OutgoingCount waiting;
    private final Overdue overdue;
    private final Store store;
    private final ReplySettings settings;
    private final Clock clock;
    private long seenUntil;

    Sweeper(
            OutgoingQueue queue,
            Refs refs,
            OutgoingCount waiting,
            Overdue overdue,
            Store store,
            ReplySettings settings,
            Clock clock) {
        this.overdue = overdue;
        this.waiting = waiting;
        this.queue = queue;
        this.refs = refs;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::sweepQuietly, settings.sweepEvery(), Duration.ZERO));
    }

    void sweepQuietly() {
        try {
            sweep();
        } catch (StoreUnavailableException e) {
            LOG.debug("The store is not there; the next sweep makes up for it", e);
        }
    }

    /** Runs once, now. */
    synchronized void sweep() {
        long now = clock.millis();
        if (now < seenUntil || seenUntil == 0) { // the clock may have been set back while no bridge ran
            store.writeNow(tx -> OutgoingRows.setBack(tx, Instant.ofEpochMilli(now)));
        }
        overdue.end(Instant.ofEpochMilli(now));
        release(Instant.ofEpochMilli(now));
        List<String> devices = store.readKnowing(sql -> sql.sql(TAKEABLE_SINCE)
                .params(seenUntil - MARGIN_MILLIS, now)
                .query(String.class)
                .list());
        seenUntil = now;
        devices.forEach(queue::announce);
        refs.reload();
        waiting.recount();
    }

    private void release(Instant now) {
        if (store.readKnowing(sql -> OutgoingRows.anyDueHeld(sql, now))) {
            int released;
            do {
                released = store.writeNow(tx -> OutgoingRows.release(tx, now, RELEASED_AT_ONCE));
            } while (released == RELEASED_AT_ONCE);
        }
    }

    @Override
    public Optional<Since> noneOf(JdbcClient sql, Removal removal) {
        String deviceId = removal.id();
        if (removal.kind() != Kind.DEVICE) {
            return Optional.of(Since.NEVER);
        }
        return ofDevice(sql, deviceId) ? Optional.empty() : Optional.of(tx -> ofDevice(tx.sql(), deviceId));
    }

    private static boolean ofDevice(JdbcClient sql, String deviceId) {
        return sql.sql(OF_DEVICE)
                .param(deviceId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public @Nullable String discard(Transaction tx, Discarded discarded) {
        discarded.removals().stream()
                .filter(removal -> removal.kind() == Kind.DEVICE)
                .forEach(removal -> overdue.discard(tx, removal.id(), clock.instant()));
        return null;
    }
}
