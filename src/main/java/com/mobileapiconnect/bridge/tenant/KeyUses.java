package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Knows when each API key of a tenant was last used. A use is noted in memory, to the second, and written down once a
 * minute and at a stop, many keys in one unit: no request waits for it, and a crash loses a minute of it.
 */
@Component
class KeyUses implements SchedulingConfigurer, DisposableBean {

    private static final String OF_TENANT = """
            select id, last_used_at from credential
            where kind = 'tenant' and tenant_id = ? and last_used_at is not null""";
    private static final String SAVE = """
            update credential set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)""";

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AT_A_STOP = Duration.ofSeconds(2);
    private static final long PRECISION_MILLIS = 1000;
    private static final int AT_ONCE = 100;

    private final Store store;
    private final Clock clock;
    /** Milliseconds by the id of the key; only of keys that were used since they were last written down. */
    private final Map<String, Long> unsaved = new ConcurrentHashMap<>();

    KeyUses(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void used(String keyId) {
        long now = clock.millis();
        Long known = unsaved.get(keyId);
        if (known == null || now - known >= PRECISION_MILLIS) {
            unsaved.put(keyId, now);
        }
    }

    /** Returns when each of these keys of a tenant was last used, by its id; those that never were are left out. */
    Map<String, Instant> of(String tenantId, List<Credential> keys) {
        // Looked up before the rows are read: what leaves memory meanwhile is in the rows by then.
        Map<String, Long> newer = new HashMap<>();
        for (Credential key : keys) {
            Long at = unsaved.get(key.id());
            if (at != null) {
                newer.put(key.id(), at);
            }
        }
        Map<String, Instant> uses = new HashMap<>();
        store.read(sql -> sql.sql(OF_TENANT)
                        .param(tenantId)
                        .query((row, n) -> Map.entry(row.getString("id"), Columns.time(row, "last_used_at")))
                        .list())
                .forEach(use -> uses.put(use.getKey(), use.getValue()));
        newer.forEach((id, at) -> uses.put(id, Instant.ofEpochMilli(at)));
        return uses;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::save, EVERY, EVERY));
    }

    /** Writes down what memory has; what cannot be written now stays there for the next time. */
    void save() {
        save(PATIENCE);
    }

    /** The HTTP server has ended by now, so this writes the last there is. */
    @Override
    public void destroy() {
        save(AT_A_STOP);
    }

    private void save(Duration patience) {
        List<Map.Entry<String, Long>> uses =
                unsaved.entrySet().stream().map(Map.Entry::copyOf).toList();
        try {
            for (int i = 0; i < uses.size(); i += AT_ONCE) {
                List<Map.Entry<String, Long>> some = uses.subList(i, Math.min(uses.size(), i + AT_ONCE));
                save(some, patience);
                // A use since then is another value, and stays.
                some.forEach(use -> unsaved.remove(use.getKey(), use.getValue()));
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Another time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(List<Map.Entry<String, Long>> uses, Duration patience)
            throws ExecutionException, TimeoutException, InterruptedException {
        store.write(tx -> {
                    tx.batch(
                            SAVE,
                            uses.stream()
                                    .map(use -> List.of(use.getValue(), use.getKey(), use.getValue()))
                                    .toList());
                    return uses;
                })
                .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
