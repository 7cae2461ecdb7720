package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries again that had failed or were skipped, under their own ids, the target's normal policy and its
 * lane's limits.
 */
@Component
class Replay implements JobKind<List<DeliveryQueries.Match>> {

    private final DeliveryQueries queries;
    private final Deliveries deliveries;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;

    Replay(DeliveryQueries queries, Deliveries deliveries, Targets targets, Lanes lanes, Store store) {
        this.queries = queries;
        this.deliveries = deliveries;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
    }

    /**
     * The choice of the deliveries that are sent again.
     *
     * @param state   of the deliveries, in its stored form
     * @param endedBy deliveries that end later are not included
     */
    record Work(
            int state,
            @Nullable String target,
            @Nullable Long since,
            @Nullable Long until,
            long endedBy) {

        static Work of(DeliveryFilter filter, Instant endedBy) {
            DeliveryState state = "skipped".equals(filter.status()) ? DeliveryState.SKIPPED : DeliveryState.FAILED;
            return new Work(
                    state.code(),
                    filter.targetId(),
                    Columns.millis(filter.since()),
                    Columns.millis(filter.until()),
                    endedBy.toEpochMilli());
        }

        DeliveryFilter filter(String tenantId) {
            return new DeliveryFilter(
                    tenantId,
                    DeliveryState.of(state).wireName(null),
                    target,
                    null,
                    null,
                    since == null ? null : Instant.ofEpochMilli(since),
                    until == null ? null : Instant.ofEpochMilli(until),
                    Instant.ofEpochMilli(endedBy));
        }
    }

    long count(DeliveryFilter filter) {
        return store.read(filter.tenantId(), sql -> queries.count(sql, filter));
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public CompletableFuture<List<DeliveryQueries.Match>> prepare(Job job, int limit) {
        return store.readLater(sql -> find(sql, job, limit));
    }

    /** Returns the deliveries of the next step, in the order of their ids; an empty list at the end. */
    List<DeliveryQueries.Match> find(JdbcClient sql, Job job, int limit) {
        String tenantId = job.tenantId();
        if (tenantId == null) {
            throw new IllegalStateException("A replay is a tenant's: " + job.id());
        }
        return queries.ids(sql, job.work(Work.class).filter(tenantId), job.place(String.class, ""), limit);
    }

    /** Makes the deliveries due again that are still in the state in which they were found. */
    @Override
    public Progress take(Transaction tx, Job job, List<DeliveryQueries.Match> found) throws SQLException {
        if (found.isEmpty()) {
            return new Progress.End(null, 0);
        }
        List<String> ids = found.stream()
                .filter(match -> targets.find(match.targetId()).isPresent())
                .map(DeliveryQueries.Match::id)
                .toList();
        deliveries.requeue(tx, ids, DeliveryState.of(job.work(Work.class).state()));
        return new Progress.On(found.get(found.size() - 1).id(), found.size());
    }

    @Override
    public void taken(Job job, List<DeliveryQueries.Match> found) {
        found.stream()
                .map(DeliveryQueries.Match::targetId)
                .collect(Collectors.toSet())
                .forEach(lanes::wake);
    }
}
