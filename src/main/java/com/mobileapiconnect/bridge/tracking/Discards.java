package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.Steps;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.tracking.Discard.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends unfinished deliveries of a deleted target or device as failed, reason {@code deleted}. There may be a million of
 * them, so the work goes in steps. The order is committed with the deletion, so it is completed after a crash.
 */
@Component
class Discards implements Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger(Discards.class);
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final String ANY_OF_TARGET =
            DeliveryState.sql("select 1 from delivery where target_id = ? and state = {PENDING} limit 1");
    private static final String ANY_OF_DEVICE = DeliveryState.sql("select 1 from delivery d" + MessageRows.JOIN + """
            where d.state = {PENDING} and m.device_id = ? limit 1""");
    private static final String ANY_OF_DEVICE_SINCE =
            DeliveryState.sql("select 1 from delivery d" + MessageRows.JOIN + """
            where d.message_seq > ? and m.device_id = ? and d.state = {PENDING} limit 1""");

    private final Deliveries deliveries;
    private final Backlog backlog;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;
    private final Steps steps;
    private final StepSize size = new StepSize();
    private final Map<Discard, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Discards(Deliveries deliveries, Backlog backlog, Targets targets, Lanes lanes, Store store, Steps steps) {
        this.deliveries = deliveries;
        this.backlog = backlog;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
        this.steps = steps;
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

    private static Optional<Since> none(JdbcClient sql, String query, String id, Since since) {
        return any(sql, query, id) ? Optional.empty() : Optional.of(since);
    }

    private static boolean any(JdbcClient sql, String query, Object... params) {
        return sql.sql(query).params(params).query(Integer.class).optional().isPresent();
    }

    @Override
    public void discard(Transaction tx, Removal removal) {
        switch (removal.kind()) {
            case TARGET -> begin(tx, new Discard(removal.id(), ""));
            case DEVICE -> backlog.targets().forEach(target -> begin(tx, new Discard(target, removal.id())));
        }
    }

    private void begin(Transaction tx, Discard discard) {
        discard.insert(tx);
        tx.afterCommit(() -> goOn(discard));
    }

    @Override
    public void awaitDiscarded(Removal removal) {
        String id = removal.id();
        List<CompletableFuture<Void>> left = underWay.entrySet().stream()
                .filter(each -> each.getKey().targetId().equals(id)
                        || each.getKey().deviceId().equals(id))
                .map(Map.Entry::getValue)
                .toList();
        try {
            CompletableFuture.allOf(left.toArray(CompletableFuture<?>[]::new))
                    .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The discard continues by itself", e);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        store.read(Discard::all).forEach(this::goOn);
        // A delivery may have been sent again by hand at the moment of the deletion.
        backlog.targets().stream().filter(id -> targets.find(id).isEmpty()).forEach(id -> goOn(new Discard(id, "")));
    }

    private void goOn(Discard discard) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (underWay.putIfAbsent(discard, done) == null) {
            steps.take("Discarding what is unfinished of " + discard, Place.FIRST, after -> step(discard, after))
                    .whenComplete((nothing, failure) -> {
                        underWay.remove(discard);
                        done.complete(null);
                    });
        }
    }

    private CompletableFuture<Optional<Place>> step(Discard discard, Place after) {
        int limit = size.get();
        return store.readLater(sql -> discard.next(sql, after, limit)).thenCompose(found -> {
            if (!found.isEmpty()) {
                return discard(found);
            }
            // Once more from the beginning: a retry by hand moves deliveries that were passed already.
            return after.equals(Place.FIRST)
                    ? end(discard)
                    : CompletableFuture.completedFuture(Optional.of(Place.FIRST));
        });
    }

    private CompletableFuture<Optional<Place>> discard(List<Place> found) {
        Set<String> ids = found.stream().map(Place::id).collect(Collectors.toSet());
        return store.write(tx -> {
                    long start = System.nanoTime();
                    deliveries.discard(tx, ids);
                    size.held(System.nanoTime() - start);
                    return Optional.of(found.get(found.size() - 1));
                })
                .whenComplete((next, failure) -> lanes.forget(ids));
    }

    /** Ends the order; in an ordered lane, lets deliveries continue that waited for a discarded one. */
    private CompletableFuture<Optional<Place>> end(Discard discard) {
        boolean ordered = targets.find(discard.targetId())
                .filter(target -> target.pace().ordered())
                .isPresent();
        return store.write(tx -> {
                    if (ordered && deliveries.releaseHeadless(tx, discard.targetId()) > 0) {
                        return Optional.of(Place.FIRST);
                    }
                    discard.delete(tx);
                    return Optional.<Place>empty();
                })
                .whenComplete((next, failure) -> lanes.wake(discard.targetId()));
    }
}
