package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.PhoneCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Knows when each phone last called, and what it last said of itself. Both are noted in memory, calls to the second, and
 * written down once a minute and at a stop, many phones in one unit: no request waits for it, and a crash loses a minute
 * of it.
 */
@Component
public class SignsOfLife implements PhoneCalls, SchedulingConfigurer, DisposableBean {

    private static final String LOAD = """
            select id, last_seen_at, silent_since, heartbeat from device where last_seen_at is not null""";
    private static final String SAVE = "update device set last_seen_at = ?, heartbeat = ? where id = ?";
    private static final String MARK = "update device set silent_since = ? where id = ? and silent_since is null";
    private static final String CLEAR =
            "update device set silent_since = null where id = ? and silent_since is not null";

    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AT_A_STOP = Duration.ofSeconds(2);
    private static final long PRECISION_MILLIS = 1000;
    private static final int AT_ONCE = 100;

    private final Store store;
    private final Clock clock;
    private final Map<String, Life> lives = new ConcurrentHashMap<>();

    /** The signs of one phone. */
    private static final class Life {

        private volatile long seenAt;
        private volatile long savedAt;
        private volatile @Nullable Instant silentSince;
        private volatile @Nullable Heartbeat beat;
    }

    /** @param silentSince null while the phone calls */
    public record Sign(
            Instant lastSeen,
            @Nullable Instant silentSince,
            @Nullable Heartbeat heartbeat) {}

    SignsOfLife(Store store, Devices devices, Clock clock) {
        this.store = store;
        this.clock = clock;
        store.read(sql -> sql.sql(LOAD)
                        .query((row, n) -> {
                            Life life = new Life();
                            life.seenAt = row.getLong("last_seen_at");
                            life.savedAt = life.seenAt;
                            life.silentSince = Columns.timeOrNull(row, "silent_since");
                            life.beat = Heartbeat.of(row.getString("heartbeat"));
                            return Map.entry(row.getString("id"), life);
                        })
                        .list())
                .forEach(each -> lives.put(each.getKey(), each.getValue()));
        devices.watchEach((before, now) -> {
            if (now == null && before != null) {
                lives.remove(before.device().id());
            }
        });
    }

    @Override
    public void called(String deviceId) {
        Life life = lives.get(deviceId);
        note(life == null ? of(deviceId) : life);
    }

    private Life of(String deviceId) {
        return lives.computeIfAbsent(deviceId, id -> new Life());
    }

    private void note(Life life) {
        long now = clock.millis();
        if (now - life.seenAt >= PRECISION_MILLIS) {
            life.seenAt = now;
        }
    }

    /** Notes what a phone says of itself. */
    Heartbeat beat(String deviceId, Heartbeat beat) {
        Life life = of(deviceId);
        synchronized (life) {
            Heartbeat next = beat.after(life.beat);
            life.beat = next;
            life.savedAt = 0;
            return next;
        }
    }

    /** Returns the signs of a phone; null if it has never called. */
    public @Nullable Sign of(Device device) {
        Life life = lives.get(device.id());
        return life == null || life.seenAt == 0
                ? null
                : new Sign(Instant.ofEpochMilli(life.seenAt), life.silentSince, life.beat);
    }

    /** Marks a phone as silent, as a part of this unit; returns whether it was not. */
    public boolean silent(Transaction tx, String deviceId, Instant now) {
        boolean marked = tx.sql().sql(MARK).params(now.toEpochMilli(), deviceId).update() > 0;
        tx.afterCommit(() -> of(deviceId).silentSince = now);
        return marked;
    }

    /** Ends the silence of a phone, as a part of this unit; returns whether there was one. */
    public boolean back(Transaction tx, String deviceId) {
        boolean cleared = tx.sql().sql(CLEAR).param(deviceId).update() > 0;
        tx.afterCommit(() -> of(deviceId).silentSince = null);
        return cleared;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::save, EVERY, EVERY));
    }

    /** Writes down what is new; what cannot be written now is written the next time. */
    void save() {
        save(PATIENCE);
    }

    /** The HTTP server has ended by now, so this writes the last there is. */
    @Override
    public void destroy() {
        save(AT_A_STOP);
    }

    /** A row as it is to be. */
    private record Saved(
            String id, Life life, long seenAt, @Nullable Heartbeat beat) {}

    private void save(Duration patience) {
        List<Saved> unsaved = lives.entrySet().stream()
                .filter(each -> each.getValue().seenAt > each.getValue().savedAt)
                .map(each -> new Saved(each.getKey(), each.getValue(), each.getValue().seenAt, each.getValue().beat))
                .toList();
        try {
            for (int i = 0; i < unsaved.size(); i += AT_ONCE) {
                List<Saved> some = unsaved.subList(i, Math.min(unsaved.size(), i + AT_ONCE));
                save(some, patience);
                some.forEach(each -> {
                    synchronized (each.life) {
                        // A beat since then is written the next time.
                        each.life.savedAt = each.life.beat == each.beat ? each.seenAt : 0;
                    }
                });
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Another time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(List<Saved> some, Duration patience)
            throws ExecutionException, TimeoutException, InterruptedException {
        store.write(tx -> {
                    tx.batch(
                            SAVE,
                            some.stream()
                                    .map(each -> Arrays.<@Nullable Object>asList(
                                            each.seenAt, each.beat == null ? null : each.beat.toColumn(), each.id))
                                    .toList());
                    return some;
                })
                .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
