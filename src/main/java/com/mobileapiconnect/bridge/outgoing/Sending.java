package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.StatusTargets;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.outgoing.OutgoingDraft.Origin;
import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Queues what a tenant sends: an SMS to one number, or the same to many. Many are queued in parts, a short unit of the
 * writer each, so that neither phones nor replies wait for all of them.
 */
@Component
class Sending {

    private final Store store;
    private final OptOuts optOuts;
    private final OutgoingCount waiting;
    private final OutgoingQueue queue;
    private final StatusUrls statusUrls;
    private final Devices devices;
    private final StepSize size = new StepSize();

    Sending(
            Store store,
            OptOuts optOuts,
            OutgoingCount waiting,
            OutgoingQueue queue,
            StatusUrls statusUrls,
            Devices devices) {
        this.devices = devices;
        this.statusUrls = statusUrls;
        this.store = store;
        this.optOuts = optOuts;
        this.waiting = waiting;
        this.queue = queue;
    }

    /**
     * Queues an SMS and returns its id; with the same idempotency key, the earlier id. Throws a 409 {@link Problem} if
     * the number has opted out, a 422 one if the key came with another request, or if too many wait.
     */
    String one(OutgoingDraft draft, Origin.Tenant origin) {
        OutgoingTimes times = queue.times(draft.terms());
        Sent sent = store.writeNow(draft.tenantId(), tx -> {
            String key = origin.idempotencyKey();
            if (key != null
                    && OutgoingRows.ofManyWithKey(tx, draft.tenantId(), key).isPresent()) {
                throw reused();
            }
            return queue(tx, draft, origin, times, waiting.room(tx, draft.tenantId()));
        });
        if (sent.is(Sent.KEY_REUSED)) {
            throw reused();
        } else if (sent.is(OptOuts.OPTED_OUT)) {
            throw Problem.conflict(String.valueOf(sent.error()));
        } else if (sent.id() == null) {
            throw Problem.invalid(field(sent), String.valueOf(sent.error()));
        }
        if (sent.id().equals(draft.id())) {
            queue.queued(draft, times);
        }
        return sent.id();
    }

    private static String field(Sent refused) {
        if (refused.is(Sent.NO_PHONE)) {
            return "deviceId";
        }
        return refused.is(Sent.TOO_MANY_STATUS_URLS) ? "statusUrl" : "to";
    }

    /**
     * Queues an SMS to each recipient, and returns what became of each, in their order; with the same idempotency key,
     * the earlier ids of those that were queued. The same number twice is one SMS. Throws if nothing was queued because
     * of the store or the key; if the store fails later, the rest is refused.
     *
     * @param origin of the whole request
     */
    List<Sent> many(List<OutgoingDraft> drafts, Origin.Tenant origin) {
        Map<String, OutgoingDraft> byNumber = new LinkedHashMap<>();
        drafts.forEach(draft -> byNumber.putIfAbsent(draft.customer().key(), draft));
        List<OutgoingDraft> each = List.copyOf(byNumber.values());
        Map<String, Sent> sent = new LinkedHashMap<>();
        while (sent.size() < each.size()) {
            List<OutgoingDraft> part = each.subList(sent.size(), Math.min(each.size(), sent.size() + size.get()));
            try {
                part(part, origin, sent.isEmpty())
                        .forEach(one -> sent.put(one.draft().id(), one.sent()));
            } catch (StoreUnavailableException e) {
                if (sent.isEmpty()) {
                    throw e;
                }
                each.subList(sent.size(), each.size()).forEach(left -> sent.put(left.id(), notStored(left)));
            }
        }
        return drafts.stream()
                .map(draft -> {
                    OutgoingDraft first =
                            Objects.requireNonNull(byNumber.get(draft.customer().key()));
                    return Objects.requireNonNull(sent.get(first.id())).to(draft.to());
                })
                .toList();
    }

    private static Sent notStored(OutgoingDraft draft) {
        return Sent.refused(
                draft.to(), Sent.NOT_STORED, "the store is not there now; send again with the same Idempotency-Key");
    }

    private record Done(OutgoingDraft draft, Sent sent) {}

    private List<Done> part(List<OutgoingDraft> part, Origin.Tenant origin, boolean first) {
        String tenantId = part.get(0).tenantId();
        OutgoingTimes times = queue.times(part.get(0).terms());
        List<Done> done = store.writeNow(tenantId, tx -> {
            if (first && origin.idempotencyKey() != null) {
                requireSame(tx, tenantId, origin.idempotencyKey(), origin.requestHash());
            }
            return part(tx, part, times);
        });
        done.stream()
                .filter(each -> each.draft().id().equals(each.sent().id()))
                .findFirst()
                .ifPresent(each -> queue.queued(each.draft(), times));
        return done;
    }

    private List<Done> part(Transaction tx, List<OutgoingDraft> part, OutgoingTimes times) throws SQLException {
        long room = waiting.room(tx, part.get(0).tenantId());
        long begun = System.nanoTime();
        List<Done> done = new ArrayList<>(part.size());
        for (OutgoingDraft draft : part) {
            Sent sent = queue(tx, draft, (Origin.Tenant) draft.origin(), times, room);
            room -= draft.id().equals(sent.id()) ? 1 : 0;
            done.add(new Done(draft, sent));
        }
        size.held(System.nanoTime() - begun);
        return done;
    }

    private static void requireSame(Transaction tx, String tenantId, String key, String hash) throws SQLException {
        Optional<OutgoingRows.Keyed> before = OutgoingRows.ofKey(tx, tenantId, key);
        if (before.isEmpty()) {
            before = OutgoingRows.ofManyWithKey(tx, tenantId, key);
        }
        if (before.isPresent() && !before.get().requestHash().equals(hash)) {
            throw reused();
        }
    }

    private static Problem reused() {
        return Problem.invalid(
                OutgoingDraft.IDEMPOTENCY_KEY, "came before with another request; use a new one for each request");
    }

    private Sent queue(Transaction tx, OutgoingDraft draft, Origin.Tenant origin, OutgoingTimes times, long room)
            throws SQLException {
        Sent before = before(tx, draft, origin);
        if (before != null) {
            return before;
        } else if (!devices.has(tx, draft.deviceId())) {
            return Sent.refused(draft.to(), Sent.NO_PHONE, "the paired phone was deleted a moment ago");
        }
        Optional<String> optedOut = optOuts.find(tx, draft.customer());
        if (optedOut.isPresent()) {
            return Sent.refused(
                    draft.to(),
                    OptOuts.OPTED_OUT,
                    draft.to() + " has opted out with STOP and gets no SMS until START; a person can revoke"
                            + " that: DELETE /v1/opt-outs/" + optedOut.get());
        } else if (room <= 0) {
            return Sent.refused(
                    draft.to(), Guards.QUEUE_FULL, Limits.refusal(Limit.OUTGOING, waiting.most(draft.tenantId())));
        }
        String url = draft.terms().statusUrl();
        if (url != null && !statusUrls.open(tx, draft.tenantId(), url, times.now())) {
            return Sent.refused(
                    draft.to(),
                    Sent.TOO_MANY_STATUS_URLS,
                    "statusUrl would be one of more than " + StatusTargets.MOST
                            + " different ones; use fewer, and tell SMS" + " apart by their id, ref or metadata");
        } else if (OutgoingRows.insert(tx, draft, times)) {
            waiting.add(tx, draft.tenantId());
            return Sent.queued(draft.to(), draft.id());
        }
        Sent meanwhile = before(tx, draft, origin); // another node was quicker with the same key
        if (meanwhile == null) {
            throw new IllegalStateException("Neither queued nor there before: " + draft.id());
        }
        return meanwhile;
    }

    private static @Nullable Sent before(Transaction tx, OutgoingDraft draft, Origin.Tenant origin)
            throws SQLException {
        String key = origin.idempotencyKey();
        OutgoingRows.Keyed before = key == null
                ? null
                : OutgoingRows.ofKey(tx, draft.tenantId(), key).orElse(null);
        if (before == null) {
            return null;
        }
        return before.requestHash().equals(origin.requestHash())
                ? Sent.queued(draft.to(), before.id())
                : Sent.refused(draft.to(), Sent.KEY_REUSED, "the Idempotency-Key came before with another request");
    }

    /**
     * Takes an SMS back that no phone or gateway has yet, and returns it; it is cancelled, unless a phone was quicker.
     * Empty if the tenant has no such SMS.
     */
    Optional<Outgoing> cancel(String tenantId, String id) {
        OutgoingTimes times = queue.now();
        return store.writeNow(tenantId, tx -> {
            boolean cancelled = OutgoingRows.cancel(tx, tenantId, id, times.now());
            Optional<Outgoing> sms = OutgoingRows.ofTenant(tx.sql(), tenantId, id);
            if (cancelled) {
                statusUrls.tell(tx, sms.orElseThrow(), times.now());
            }
            return sms;
        });
    }
}
