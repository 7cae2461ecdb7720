package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.outgoing.OutgoingRows.Lease;
import com.mobileapiconnect.bridge.outgoing.OutgoingRows.Portion;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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

/** The SMS that wait for a phone or a gateway, in the store: replies first, what goes to many last. */
@Component
class OutgoingQueue {

    /** Thrown for a delivery that was erased while under way: no SMS must be made of it. */
    private static final String ERASED = "erased";

    private final Store store;
    private final Guards guards;
    private final Refs refs;
    private final OutgoingCount waiting;
    private final SmsPolicy policy;
    private final StatusUrls statusUrls;
    private final ReplySettings settings;
    private final Clock clock;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    OutgoingQueue(
            Store store,
            Guards guards,
            Refs refs,
            OutgoingCount waiting,
            SmsPolicy policy,
            StatusUrls statusUrls,
            ReplySettings settings,
            Clock clock) {
        this.waiting = waiting;
        this.policy = policy;
        this.statusUrls = statusUrls;
        this.store = store;
        this.guards = guards;
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
        String number = guards.ofNumber(draft.customer());
        if (number != null) {
            return Optional.of(number);
        }
        OutgoingTimes times = now();
        CompletableFuture<Optional<String>> written = store.write(draft.tenantId(), tx -> {
            if (draft.origin() instanceof OutgoingDraft.Origin.Reply reply
                    && !OutgoingRows.exists(tx, draft.id())
                    && !Deliveries.exists(tx, reply.deliveryId())) {
                return Optional.of(ERASED);
            }
            return Optional.ofNullable(reply(tx, draft, times));
        });
        Optional<String> refused = within(nanos, written);
        if (refused.isEmpty()) {
            queued(draft, times);
        }
        return refused;
    }

    /**
     * Queues an automatic reply as a part of this unit, or returns the guard's refusal; a repeat is neither queued nor
     * counted again. Call {@link #queued} after the commit.
     */
    @Nullable String reply(Transaction tx, OutgoingDraft draft, OutgoingTimes times) throws SQLException {
        if (OutgoingRows.exists(tx, draft.id())) {
            return null;
        }
        String phone = guards.ofPhone(tx, draft.deviceId());
        String refusal = phone == null ? guards.ofHistory(tx, draft.customer(), times.now()) : phone;
        if (refusal == null) {
            OutgoingRows.insert(tx, draft, times);
            waiting.add(tx, draft.tenantId());
        }
        return refusal;
    }

    private static <T> T within(long nanos, CompletableFuture<T> written)
            throws TimeoutException, InterruptedException {
        try {
            return written.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        }
    }

    /** Follows the commit of an SMS that was queued. */
    void queued(OutgoingDraft draft, OutgoingTimes times) {
        if (draft.ref() != null) {
            refs.sent(draft.tenantId(), times.refUntil());
        }
        announce(draft.deviceId());
    }

    /** Hands due SMS to the phone for the time of a lease; empty if there are none. */
    CompletableFuture<List<Outgoing>> lease(String tenantId, String deviceId) {
        Instant now = clock.instant();
        Terms.Turn last = policy.last(deviceId, now);
        if (last == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        return store.readLater(sql -> OutgoingRows.firstTurn(sql, deviceId, settings.mostLeases(), now))
                .thenCompose(first -> {
                    if (first.isEmpty() || first.get().compareTo(last) > 0) {
                        return CompletableFuture.completedFuture(List.of());
                    }
                    Portion portion = Portion.startingWith(first.get(), last);
                    Lease lease = new Lease(now, now.plus(settings.lease()));
                    return store.write(
                            tenantId, tx -> OutgoingRows.lease(tx, deviceId, portion, settings.mostLeases(), lease));
                });
    }

    /** Takes the SMS that is to be pushed to the device next; empty if there is none, or if it has to wait. */
    Optional<Outgoing> takeForPush(Device device) {
        Instant now = clock.instant();
        Terms.Turn last = policy.last(device.id(), now);
        Lease lease = new Lease(now, now.plus(settings.lease()));
        return last == null
                ? Optional.empty()
                : store.writeNow(
                        device.tenantId(),
                        tx -> OutgoingRows.takeForPush(tx, device.id(), last, settings.mostLeases(), lease));
    }

    /** Returns leased SMS to the queue because nobody was there to take them. */
    CompletableFuture<?> giveBack(String tenantId, List<Outgoing> leased) {
        return store.write(tenantId, tx -> {
            OutgoingRows.giveBack(tx, leased);
            return leased;
        });
    }

    /**
     * Returns the id of an SMS by the one under which the app or provider speaks of it; null if no SMS of the device has it.
     * Throws a 503 {@link Problem} while an SMS is being given to the gateway, whose id is not known yet.
     */
    @Nullable String ofApp(String deviceId, String appId) {
        return store.read(sql -> OutgoingRows.ofApp(sql, deviceId, appId).or(() -> {
                    if (OutgoingRows.anyBeingPushed(sql, deviceId)) {
                        throw Problem.unavailable("An SMS is being handed to the gateway; report again in a moment.");
                    }
                    return Optional.empty();
                }))
                .orElse(null);
    }

    /** Notes that a gateway has an SMS, and the id under which it will speak of it, if it gave one. */
    void handedOver(Outgoing sms, @Nullable String appId) {
        if (appId != null) {
            store.writeNow(sms.tenantId(), tx -> {
                OutgoingRows.known(tx, sms.id(), appId);
                return appId;
            });
        }
        report(sms.tenantId(), sms.deviceId(), sms.id(), Outgoing.Status.SENT, null);
    }

    /**
     * Notes the state of an SMS that a phone or gateway reports, and returns the SMS as it is now; empty if the device
     * has no such SMS. A late or repeated report changes nothing.
     */
    Optional<Outgoing> report(
            String tenantId, String deviceId, String id, Outgoing.Status status, @Nullable String error) {
        OutgoingTimes times = now();
        Optional<Outgoing> after =
                store.writeNow(tenantId, tx -> report(tx, deviceId, id, new Report(status, error, times)));
        after.ifPresent(sms -> carriesRef(sms, times));
        return after;
    }

    private record Report(Outgoing.Status status, @Nullable String error, OutgoingTimes times) {}

    private Optional<Outgoing> report(Transaction tx, String deviceId, String id, Report report) throws SQLException {
        Outgoing before = OutgoingRows.ofDevice(tx, deviceId, id).orElse(null);
        if (before == null || !before.mayBecome(report.status())) {
            return Optional.ofNullable(before);
        }
        OutgoingRows.settle(tx, id, report.status(), report.error(), report.times());
        Optional<Outgoing> now = OutgoingRows.ofDevice(tx, deviceId, id);
        if (now.isPresent()) {
            statusUrls.tell(tx, now.get(), report.times().now());
        }
        return now;
    }

    /** Answers carry the SMS's ref for the full time from when it was sent. */
    private void carriesRef(Outgoing sms, OutgoingTimes times) {
        if (sms.ref() != null && sms.status() != Outgoing.Status.FAILED) {
            refs.sent(sms.tenantId(), times.refUntil());
        }
    }

    /**
     * Notes SMS as sent that an app was given which need not report; does not wait for that. Until it is durable they are
     * leased, and if it never is, they are given again: an SMS twice is better than none.
     */
    void given(String tenantId, List<Outgoing> leased) {
        Report report = new Report(Outgoing.Status.SENT, null, now());
        store.write(tenantId, tx -> {
                    List<Outgoing> sent = new ArrayList<>();
                    for (Outgoing sms : leased) {
                        report(tx, sms.deviceId(), sms.id(), report).ifPresent(sent::add);
                    }
                    return sent;
                })
                .thenAccept(sent -> sent.forEach(sms -> carriesRef(sms, report.times())));
    }

    OutgoingTimes now() {
        return times(Terms.OF_REPLY);
    }

    /** Returns the times of an SMS that is queued now. */
    OutgoingTimes times(Terms terms) {
        return OutgoingTimes.at(clock.instant(), terms, settings);
    }
}
