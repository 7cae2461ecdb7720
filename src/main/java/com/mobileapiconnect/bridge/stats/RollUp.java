package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Adds what happened to the counts of its hour, every few seconds and in short units of the writer. A unit counts some
 * messages and tallies, and notes in the same transaction that it has, so that a crash repeats it whole or not at all.
 */
@Component
@EnableConfigurationProperties(StatSettings.class)
public class RollUp implements SchedulingConfigurer {

    private static final Duration FIRST_AFTER = Duration.ofSeconds(1);
    private static final String ANY_TALLY = "select 1 from tally limit 1";
    private static final String TALLIES = "select seq, tenant_id, hour, counts from tally order by seq limit ?";
    private static final String DONE = "delete from tally where seq <= ?";
    private static final String FIND = """
            select received, failed, skipped, latencies from hourly
            where tenant_id = ? and target_id = ? and hour = ?""";
    /** Hours that a unit changes, and has in memory; the last tally may add some. */
    private static final int MOST_PLACES = 1_000;

    private static final String SAVE = """
            insert into hourly (tenant_id, target_id, hour, received, failed, skipped, latencies)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, target_id, hour) do update set received = excluded.received,
                failed = excluded.failed, skipped = excluded.skipped, latencies = excluded.latencies""";

    private final Store store;
    private final Clock clock;
    private final StatSettings settings;
    private final StepSize size = new StepSize();
    private volatile @Nullable Instant countedUntil;

    RollUp(Store store, Clock clock, StatSettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::run, settings.every(), FIRST_AFTER));
    }

    /** Counts all that has happened until now. */
    public synchronized void run() {
        Instant now = clock.instant();
        while (store.readKnowing(RollUp::isAny) && step()) {
            // until nothing is left
        }
        countedUntil = now;
    }

    /** Returns the time until which everything is counted; null if nothing was counted since the start. */
    public @Nullable Instant countedUntil() {
        return countedUntil;
    }

    private static boolean isAny(JdbcClient sql) {
        return isAny(sql, Received.ANY) || isAny(sql, ANY_TALLY);
    }

    private static boolean isAny(JdbcClient sql, String query) {
        return sql.sql(query).query(Integer.class).optional().isPresent();
    }

    /** Returns whether there may be more. */
    private boolean step() {
        int limit = size.get();
        return store.writeNowKnowing(tx -> {
            long begun = System.nanoTime();
            Sums sums = new Sums();
            long messages = Received.count(tx, limit, sums);
            boolean more = take(tx, limit, sums);
            for (Map.Entry<Sums.Place, Counts> each : sums.all()) {
                save(tx, each.getKey(), each.getValue());
            }
            size.held(System.nanoTime() - begun);
            return messages == limit || more;
        });
    }

    private record Row(long seq, String tenantId, long hour, String counts) {}

    /** Returns whether there may be more. */
    private static boolean take(Transaction tx, int limit, Sums sums) {
        List<Row> rows = tx.sql()
                .sql(TALLIES)
                .param(limit)
                .query((row, n) -> new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)))
                .list();
        int taken = 0;
        while (taken < rows.size() && sums.all().size() < MOST_PLACES) {
            Row row = rows.get(taken++);
            Tally.read(row.counts(), targetId -> sums.of(row.tenantId(), targetId, row.hour()));
        }
        if (taken > 0) {
            tx.sql().sql(DONE).param(rows.get(taken - 1).seq()).update();
        }
        return taken < rows.size() || rows.size() == limit;
    }

    private static void save(Transaction tx, Sums.Place place, Counts more) throws SQLException {
        PreparedStatement find = tx.prepared(FIND);
        find.setString(1, place.tenantId());
        find.setString(2, place.targetId());
        find.setLong(3, place.hour());
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                more.add(row);
            }
        }
        PreparedStatement save = tx.prepared(SAVE);
        save.setString(1, place.tenantId());
        save.setString(2, place.targetId());
        save.setLong(3, place.hour());
        save.setLong(4, more.received());
        save.setLong(5, more.failed());
        save.setLong(6, more.skipped());
        save.setString(7, more.latencies().text());
        save.executeUpdate();
    }
}
