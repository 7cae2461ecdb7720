package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.outgoing.OutgoingRows.Times;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The SMS that wait for a phone or a gateway: in the store, in the order in which they were queued. */
@Component
class OutgoingQueue {

    private static final int AT_ONCE = 20;
    /** Thrown for a delivery that was erased while under way: no SMS must be made of it. */
    private static final String ERASED = "erased";

    private final Store store;
    private final Guards guards;
    private final OptOuts optOuts;
    private final Refs refs;
    private final OutgoingCount waiting;
    private final ReplySettings settings;
    private final Clock clock;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    OutgoingQueue(
            Store store,
            Guards guards,
            OptOuts optOuts,
            Refs refs,
            OutgoingCount waiting,
            ReplySettings settings,
            Clock clock) {
        this.waiting = waiting;
        this.store = store;
        this.guards = guards;
        this.optOuts = optOuts;
        this.refs = refs;
        this.settings = settings;
        this.clock = clock;
    }

    /** Receives the id of each device that has something new to send. */
    void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    void announce(String deviceId) {
        watchers.forEach(watcher -> watcher.accept(deviceId));
    }

    /**
     * Queues an automatic reply, or returns the guard's refusal; a repeat is neither queued nor counted again.
     *
     * @param nanos how long to wait for the store
     * @throws TimeoutException if the store took longer; the reply may be queued all the same
     */
    Optional<String> reply(OutgoingDraft draft, long nanos) throws TimeoutException, InterruptedException {
        String number = guards.ofNumber(draft.tenantId(), draft.to());
        if (number != null) {
            return Optional.of(number);
        }
        Times times = now();
        CompletableFuture<Optional<String>> written = store.write(draft.tenantId(), tx -> {
            if (OutgoingRows.exists(tx, draft.id())) {
                return Optional.empty();
            }
            if (draft.origin() instanceof OutgoingDraft.Origin.Reply reply
                    && !Deliveries.exists(tx, reply.deliveryId())) {
                return Optional.of(ERASED);
            }
            String history = guards.ofHistory(tx, draft.tenantId(), draft.to(), times.now());
            if (history == null) {
                OutgoingRows.insert(tx, draft, times);
                waiting.addAfter(tx, draft.tenantId());
            }
            return Optional.ofNullable(history);
        });
        Optional<String> refused = within(nanos, written);
        if (refused.isEmpty()) {
            queued(draft, times);
        }
        return refused;
    }

    private static <T> T within(long nanos, CompletableFuture<T> written)
            throws TimeoutException, InterruptedException {
        try {
            return written.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Queues an SMS of the tenant and returns its id; with the same idempotency key, the earlier id. Throws a 409
     * {@link Problem} if the number has opted out, a 422 one if the key came with another request, or if too many wait.
     */
    String send(OutgoingDraft draft, OutgoingDraft.Origin.Tenant origin) {
        Times times = now();
        String id = store.writeNow(draft.tenantId(), tx -> send(tx, draft, origin, times));
        if (id.equals(draft.id())) {
            queued(draft, times);
        }
        return id;
    }

    private String send(Transaction tx, OutgoingDraft draft, OutgoingDraft.Origin.Tenant origin, Times times)
            throws SQLException {
        String key = origin.idempotencyKey();
        Optional<String> before = key == null ? Optional.empty() : before(tx, draft, origin, key);
        if (before.isPresent()) {
            return before.get();
        }
        if (optOuts.contains(tx, draft.tenantId(), draft.numberKey())) {
            throw Problem.conflict(
                    draft.to() + " has opted out with STOP and gets no SMS until START; a person can revoke"
                            + " that back: DELETE /v1/opt-outs/" + draft.numberKey());
        }
        if (waiting.isFull(tx, draft.tenantId())) {
            throw Problem.invalid("to", Limits.refusal(Limit.OUTGOING, waiting.most(draft.tenantId())));
        }
        waiting.addAfter(tx, draft.tenantId());
        if (!OutgoingRows.insert(tx, draft, times) && key != null) {
            // Another node was quicker with the same key.
            return before(tx, draft, origin, key).orElseThrow();
        }
        return draft.id();
    }

    private static Optional<String> before(
            Transaction tx, OutgoingDraft draft, OutgoingDraft.Origin.Tenant origin, String key) {
        Optional<OutgoingRows.Keyed> before = OutgoingRows.ofKey(tx, draft.tenantId(), key);
        if (before.isPresent() && !before.get().requestHash().equals(origin.requestHash())) {
            throw Problem.invalid(
                    OutgoingDraft.IDEMPOTENCY_KEY, "came before with another request; use a new one for each request");
        }
        return before.map(OutgoingRows.Keyed::id);
    }

    private void queued(OutgoingDraft draft, Times times) {
        if (draft.ref() != null) {
            refs.sent(draft.tenantId(), times.refUntil());
        }
        announce(draft.deviceId());
    }

    /** Hands due SMS to the phone for the time of a lease; empty if there are none. */
    CompletableFuture<List<Outgoing>> lease(String deviceId) {
        Instant now = clock.instant();
        return store.readLater(sql -> OutgoingRows.anyTakeable(sql, deviceId, settings.mostLeases(), now))
                .thenCompose(any -> any
                        ? store.write(tx -> OutgoingRows.lease(
                                tx, deviceId, settings.mostLeases(), AT_ONCE, now, now.plus(settings.lease())))
                        : CompletableFuture.completedFuture(List.of()));
    }

    /** Returns leased SMS to the queue because nobody was there to take them. */
    void giveBack(List<Outgoing> leased) {
        store.write(tx -> {
            OutgoingRows.giveBack(tx, leased);
            return leased;
        });
    }

    /**
     * Notes the state of an SMS that a phone or gateway reports, and returns the SMS as it is now; empty if the device
     * has no such SMS. A late or repeated report changes nothing.
     */
    Optional<Outgoing> report(String deviceId, String id, Outgoing.Status status, @Nullable String error) {
        Times times = now();
        Optional<Outgoing> after = store.writeNow(tx -> {
            Outgoing before = OutgoingRows.ofDevice(tx, deviceId, id).orElse(null);
            if (before == null || !before.status().mayBecome(status)) {
                return Optional.ofNullable(before);
            }
            OutgoingRows.settle(tx, id, status, error, times);
            return OutgoingRows.ofDevice(tx, deviceId, id);
        });
        // From now on answers carry the SMS's ref for the full time.
        after.filter(sms -> sms.ref() != null && status != Outgoing.Status.FAILED)
                .ifPresent(sms -> refs.sent(sms.tenantId(), times.refUntil()));
        return after;
    }

    Times now() {
        return Times.at(clock.instant(), settings);
    }
}
