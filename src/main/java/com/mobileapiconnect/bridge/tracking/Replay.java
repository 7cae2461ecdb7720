package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Steps;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries again that had failed or were skipped, under their own ids, the target's normal policy and its
 * lane's limits. A replay goes in steps, a unit of work each. Its position is committed with each step, so it continues
 * after a crash.
 */
@Component
public class Replay {

    private static final int STEP = 250;

    private final DeliveryQueries queries;
    private final Deliveries deliveries;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;
    private final Steps steps;
    private final Audit audit;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Replay(
            DeliveryQueries queries,
            Deliveries deliveries,
            Targets targets,
            Lanes lanes,
            Store store,
            Steps steps,
            Audit audit,
            Clock clock) {
        this.queries = queries;
        this.deliveries = deliveries;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
        this.steps = steps;
        this.audit = audit;
        this.clock = clock;
    }

    long count(DeliveryFilter filter) {
        return store.read(sql -> queries.count(sql, filter));
    }

    /**
     * Begins a replay and returns the number of its deliveries; deliveries that end after this moment are not included.
     */
    long begin(Caller.OfTenant who, DeliveryFilter filter) {
        Instant now = clock.instant();
        ReplayJob job = new ReplayJob(Ids.timeOrdered("rpl_", now), filter.endedBy(now), "");
        long matched = count(job.filter());
        if (matched > 0) {
            Audit.Entry entry = new Audit.Entry("delivery.replay", job.id(), matched + " deliveries");
            audit.change(who, who.tenantId(), entry, job::insert);
            goOn(job);
        }
        return matched;
    }

    /** Sends a single delivery again, whatever its state. */
    void again(Caller.OfTenant who, String deliveryId, String targetId) {
        Audit.Entry entry = new Audit.Entry("delivery.retry", deliveryId, null);
        audit.change(who, who.tenantId(), entry, tx -> deliveries.requeue(tx, List.of(deliveryId), null));
        lanes.wake(targetId);
    }

    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        store.read(ReplayJob::all).forEach(this::goOn);
    }

    /** Returns whether a replay is still under way. */
    public boolean busy() {
        return !underWay.isEmpty();
    }

    private void goOn(ReplayJob job) {
        underWay.add(job.id());
        steps.take("Replay " + job.id(), job, this::step).whenComplete((nothing, failure) -> underWay.remove(job.id()));
    }

    private CompletableFuture<Optional<ReplayJob>> step(ReplayJob job) {
        return store.readLater(sql -> find(sql, job))
                .thenCompose(found -> store.write(tx -> step(tx, job, found)).thenApply(next -> {
                    found.stream()
                            .map(DeliveryQueries.Match::targetId)
                            .collect(Collectors.toSet())
                            .forEach(lanes::wake);
                    return found.isEmpty() ? Optional.empty() : Optional.of(next);
                }));
    }

    /** Returns the deliveries of the next step; an empty list at the end. */
    List<DeliveryQueries.Match> find(JdbcClient sql, ReplayJob job) {
        return queries.ids(sql, job.filter(), job.afterId(), STEP);
    }

    /**
     * Makes the deliveries due again that are still in the state in which they were found; returns the job after this
     * step.
     */
    ReplayJob step(Transaction tx, ReplayJob job, List<DeliveryQueries.Match> found) throws SQLException {
        if (found.isEmpty()) {
            job.delete(tx);
            return job;
        }
        List<String> ids = found.stream()
                .filter(match -> targets.find(match.targetId()).isPresent())
                .map(DeliveryQueries.Match::id)
                .toList();
        deliveries.requeue(tx, ids, job.state());
        return job.upTo(tx, found.get(found.size() - 1).id());
    }
}
