package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes a tenant with all it has, in the steps of a job. The tenant is unknown to callers from the start, and its own
 * row goes last: once no rows are left, and so long after the start that a request which was let in before has ended.
 */
@Component
class TenantDeletion implements JobKind<TenantDeletion.Found> {

    /** Longer than a request may wait for the store. */
    private static final Duration LATE_REQUESTS = Duration.ofMinutes(1);

    private final List<Leaving<?>> tables;
    private final Tenants tenants;
    private final Jobs jobs;
    private final Store store;
    private final Clock clock;

    TenantDeletion(List<TableOwner> owners, Tenants tenants, Jobs jobs, Store store, Clock clock) {
        List<Leaving<?>> lastFirst = new ArrayList<>();
        TableOwner.inOrder(owners).stream()
                .flatMap(owner -> owner.tables().stream())
                .forEach(table -> {
                    if (table.tenant() instanceof Table.Leaves leaves) {
                        lastFirst.add(leaves.how());
                    }
                });
        Collections.reverse(lastFirst); // what depends on messages goes before them, deliveries too
        this.tables = List.copyOf(lastFirst);
        this.tenants = tenants;
        this.jobs = jobs;
        this.store = store;
        this.clock = clock;
    }

    /** @param since when the tenant became unknown to callers, in milliseconds since 1970 */
    record Work(String tenantId, long since) {}

    /** @param rows the next rows to remove; null when there are none left */
    record Found(@Nullable Rows<?> rows) {}

    /** Rows of one table. */
    private record Rows<K>(Leaving<K> table, List<K> keys) {

        static <K> @Nullable Rows<K> of(Leaving<K> table, JdbcClient sql, String tenantId, int limit) {
            List<K> keys = table.finding().find(sql, tenantId, limit);
            return keys.isEmpty() ? null : new Rows<>(table, keys);
        }

        int remove(Transaction tx) throws SQLException {
            return table.removing().remove(tx, keys);
        }
    }

    @Override
    public String name() {
        return "tenant-deletion";
    }

    @Override
    public String keptBecause() {
        return "what it has removed is gone";
    }

    @Override
    public CompletableFuture<Found> prepare(Job job, int limit) {
        String tenantId = job.work(Work.class).tenantId();
        return store.readLater(sql -> find(sql, tenantId, limit));
    }

    private Found find(JdbcClient sql, String tenantId, int limit) {
        for (Leaving<?> table : tables) {
            Rows<?> rows = Rows.of(table, sql, tenantId, limit);
            if (rows != null) {
                return new Found(rows);
            }
        }
        return new Found(null);
    }

    @Override
    public Progress take(Transaction tx, Job job, Found found) throws SQLException {
        Rows<?> rows = found.rows();
        if (rows != null) {
            return new Progress.On(job.place(Long.class, 0L) + 1, rows.remove(tx));
        }
        Work work = job.work(Work.class);
        long leftMillis = work.since() + LATE_REQUESTS.toMillis() - clock.millis();
        if (leftMillis > 0) {
            return new Progress.Later(Duration.ofMillis(Math.min(leftMillis, LATE_REQUESTS.toMillis())));
        }
        tenants.remove(tx, work.tenantId());
        jobs.begin(tx, new NewJob(null, Tidying.NAME, new Tidying.Work(1), 1L, false));
        return new Progress.End(null, 0);
    }
}
