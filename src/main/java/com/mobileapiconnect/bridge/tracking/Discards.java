package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.tracking.Discard.Place;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends unfinished deliveries of deleted targets or of a deleted device as failed, reason {@code deleted}. There may be
 * a million of them, so a job does it, which is committed with the deletion.
 */
@Component
class Discards implements Unfinished, JobKind<List<Place>> {

    private static final String ANY_OF_TARGET =
            DeliveryState.sql("select 1 from delivery where target_id = ? and state = {PENDING} limit 1");
    private static final String FIRST_OF_TARGETS =
            DeliveryState.sql("select target_id from delivery where target_id in (:ids) and state = {PENDING} limit 1");
    private static final String ANY_OF_DEVICE = DeliveryState.sql("select 1 from delivery d" + MessageRows.JOIN + """
            where d.state = {PENDING} and m.device_id = ? limit 1""");
    private static final String ANY_OF_DEVICE_SINCE =
            DeliveryState.sql("select 1 from delivery d" + MessageRows.JOIN + """
            where d.message_seq > ? and m.device_id = ? and d.state = {PENDING} limit 1""");
    private static final String TENANT = "select tenant_id from delivery where target_id = ? limit 1";

    /** Fewer than the parameters that a statement may have, on either database. */
    private static final int AT_ONCE = 500;

    private final Deliveries deliveries;
    private final Backlog backlog;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;
    private final Jobs jobs;

    Discards(Deliveries deliveries, Backlog backlog, Targets targets, Lanes lanes, Store store, Jobs jobs) {
        this.deliveries = deliveries;
        this.backlog = backlog;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
        this.jobs = jobs;
    }

    /** Looks at new messages of a device only: other devices may have a million unfinished deliveries. */
    @Override
    public Optional<Since> noneOf(JdbcClient sql, Removal removal) {
        String id = removal.id();
        return switch (removal.kind()) {
            case TARGET -> none(sql, ANY_OF_TARGET, id, tx -> any(tx.sql(), ANY_OF_TARGET, id));
            case DEVICE -> {
                long newest = MessageRows.newest(sql);
                yield none(sql, ANY_OF_DEVICE, id, tx -> any(tx.sql(), ANY_OF_DEVICE_SINCE, newest, id));
            }
        };
    }

    @Override
    public Optional<String> firstOf(JdbcClient sql, Collection<String> targetIds) {
        List<String> ids = List.copyOf(targetIds);
        Optional<String> first = Optional.empty();
        for (int i = 0; i < ids.size() && first.isEmpty(); i += AT_ONCE) {
            first = sql.sql(FIRST_OF_TARGETS)
                    .param("ids", ids.subList(i, Math.min(ids.size(), i + AT_ONCE)))
                    .query(String.class)
                    .optional();
        }
        return first;
    }

    private static Optional<Since> none(JdbcClient sql, String query, String id, Since since) {
        return any(sql, query, id) ? Optional.empty() : Optional.of(since);
    }

    private static boolean any(JdbcClient sql, String query, Object... params) {
        return sql.sql(query).params(params).query(Integer.class).optional().isPresent();
    }

    @Override
    public void requireRoom(String tenantId) {
        jobs.requireRoom(tenantId);
    }

    @Override
    public @Nullable String discard(Transaction tx, Discarded discarded) {
        List<String> ofTargets = ids(discarded, Kind.TARGET)
                .filter(id -> backlog.mayHave(tx, id))
                .toList();
        String job = begin(tx, discarded, new Discard(null, ofTargets), total(ofTargets));
        for (String device : ids(discarded, Kind.DEVICE).toList()) {
            job = begin(tx, discarded, new Discard(device, unfinishedTargets(tx, discarded.tenantId())), null);
        }
        return job;
    }

    private static Stream<String> ids(Discarded discarded, Kind kind) {
        return discarded.removals().stream()
                .filter(removal -> removal.kind() == kind)
                .map(Removal::id);
    }

    private long total(List<String> targetIds) {
        return targetIds.stream().mapToLong(backlog::of).sum();
    }

    private List<String> unfinishedTargets(Transaction tx, String tenantId) {
        return backlog.targets(tx).stream()
                .flatMap(id -> targets.find(tx, id).stream())
                .filter(target -> target.tenantId().equals(tenantId))
                .map(Target::id)
                .sorted()
                .toList();
    }

    private @Nullable String begin(Transaction tx, Discarded discarded, Discard discard, @Nullable Long total) {
        if (discard.targets().isEmpty()) {
            return null;
        }
        NewJob wanted = NewJob.by(discarded.tenantId(), this, discard, total);
        return jobs.begin(tx, discarded.asked() ? wanted : wanted.unasked());
    }

    /** Finds deliveries that were sent again by hand at the moment of their target's deletion. */
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        backlog.targets().stream().filter(id -> targets.find(id).isEmpty()).forEach(this::discardLeftOvers);
    }

    private void discardLeftOvers(String targetId) {
        Optional<String> tenantId = store.read(
                sql -> sql.sql(TENANT).param(targetId).query(String.class).optional());
        tenantId.ifPresent(id -> store.writeNow(id, tx -> {
            discard(tx, new Discarded(id, List.of(Removal.ofTarget(targetId)), false));
            return id;
        }));
    }

    @Override
    public String name() {
        return "discard";
    }

    @Override
    public String keptBecause() {
        return "what its deliveries were for is deleted already";
    }

    @Override
    public CompletableFuture<List<Place>> prepare(Job job, int limit) {
        Discard discard = job.work(Discard.class);
        return store.readLater(sql -> discard.next(sql, place(job), limit));
    }

    private static Place place(Job job) {
        return job.place(Place.class, Place.beginning(0));
    }

    @Override
    public Progress take(Transaction tx, Job job, List<Place> found) throws SQLException {
        if (!found.isEmpty()) {
            deliveries.discard(tx, ids(found));
            return new Progress.On(found.get(found.size() - 1), found.size());
        }
        Place place = place(job);
        String target = job.work(Discard.class).targets().get(place.target());
        // Once more from the beginning: a retry by hand moves deliveries that were passed already. In an ordered lane
        // those go on that waited for a discarded one.
        boolean again = !place.id().isEmpty() || (isOrdered(target) && deliveries.releaseHeadless(tx, target) > 0);
        int next = again ? place.target() : place.target() + 1;
        return next < job.work(Discard.class).targets().size()
                ? new Progress.On(Place.beginning(next), 0)
                : new Progress.End(null, 0);
    }

    private boolean isOrdered(String targetId) {
        return targets.find(targetId).filter(target -> target.pace().ordered()).isPresent();
    }

    private static Set<String> ids(List<Place> found) {
        return found.stream().map(Place::id).collect(Collectors.toCollection(HashSet::new));
    }

    @Override
    public void taken(Job job, List<Place> found) {
        String target = job.work(Discard.class).targets().get(place(job).target());
        if (found.isEmpty()) {
            lanes.wake(target);
        } else {
            lanes.forget(target, ids(found));
        }
    }
}
