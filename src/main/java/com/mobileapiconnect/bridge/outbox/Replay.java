package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.target.Targets;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries again that were given up: under their own ids, the target's normal policy and its lane's limits.
 * However many they are, they are gone through in steps, one unit of work each, and where a replay has got to is
 * committed with each step: after a crash it goes on from there.
 */
@Component
class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int STEP = 250;

    private final DeliveryQueries queries;
    private final Deliveries deliveries;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;
    private final Audit audit;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Replay(
            DeliveryQueries queries,
            Deliveries deliveries,
            Targets targets,
            Lanes lanes,
            Store store,
            Audit audit,
            Clock clock) {
        this.queries = queries;
        this.deliveries = deliveries;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    long count(DeliveryFilter filter) {
        return store.read(sql -> queries.count(sql, filter));
    }

    /** Begins, and returns how many are meant; what ends after this moment is not. */
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

    /** One delivery, whatever became of it. */
    void again(Caller.OfTenant who, String deliveryId, String targetId) {
        Audit.Entry entry = new Audit.Entry("delivery.retry", deliveryId, null);
        audit.change(who, who.tenantId(), entry, tx -> deliveries.requeue(tx, List.of(deliveryId), null));
        lanes.wake(targetId);
    }

    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        store.read(ReplayJob::all).forEach(this::goOn);
    }

    /** Whether one is still going through its deliveries. */
    boolean busy() {
        return !underWay.isEmpty();
    }

    private void goOn(ReplayJob job) {
        underWay.add(job.id());
        store.readLater(sql -> queries.ids(sql, job.filter(), job.afterId(), STEP))
                .thenCompose(step -> store.write(tx -> {
                    if (step.isEmpty()) {
                        job.delete(tx);
                        return Optional.<Step>empty();
                    }
                    List<String> ids = step.stream()
                            .filter(match -> targets.find(match.targetId()).isPresent())
                            .map(DeliveryQueries.Match::id)
                            .toList();
                    deliveries.requeue(tx, ids, job.state());
                    return Optional.of(
                            new Step(job.upTo(tx, step.get(step.size() - 1).id()), step));
                }))
                .whenComplete((step, failure) -> next(job, step, failure));
    }

    private record Step(ReplayJob next, List<DeliveryQueries.Match> matches) {}

    private void next(ReplayJob job, Optional<Step> step, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("Replay {} stops here and goes on with the next start", job.id(), failure);
            underWay.remove(job.id());
        } else if (step.isEmpty()) {
            underWay.remove(job.id());
        } else {
            step.get().matches().stream()
                    .map(DeliveryQueries.Match::targetId)
                    .collect(Collectors.toSet())
                    .forEach(lanes::wake);
            goOn(step.get().next());
        }
    }
}
