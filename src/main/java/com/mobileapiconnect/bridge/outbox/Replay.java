package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.target.Targets;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Sends deliveries again that were given up: under their own ids, the target's normal policy and its lane's limits. */
@Component
class Replay {

    private static final int STEP = 500;

    private final DeliveryQueries queries;
    private final Deliveries deliveries;
    private final Targets targets;
    private final Lanes lanes;
    private final Store store;
    private final Audit audit;

    Replay(DeliveryQueries queries, Deliveries deliveries, Targets targets, Lanes lanes, Store store, Audit audit) {
        this.queries = queries;
        this.deliveries = deliveries;
        this.targets = targets;
        this.lanes = lanes;
        this.store = store;
        this.audit = audit;
    }

    long count(DeliveryFilter filter) {
        return store.read(sql -> queries.count(sql, filter));
    }

    /** Goes through all of them in steps, so that the writer is never held for long; returns how many. */
    long all(Caller.OfTenant who, DeliveryFilter filter) {
        long matched = 0;
        String after = "";
        while (true) {
            String from = after;
            List<DeliveryQueries.Match> step = store.read(sql -> queries.ids(sql, filter, from, STEP));
            if (step.isEmpty()) {
                return matched;
            }
            List<DeliveryQueries.Match> live = step.stream()
                    .filter(match -> targets.find(match.targetId()).isPresent())
                    .toList();
            again(who, live);
            matched += live.size();
            after = step.get(step.size() - 1).id();
            if (step.size() < STEP) {
                return matched;
            }
        }
    }

    void again(Caller.OfTenant who, List<DeliveryQueries.Match> matches) {
        if (matches.isEmpty()) {
            return;
        }
        List<String> ids = matches.stream().map(DeliveryQueries.Match::id).toList();
        Audit.Entry entry = ids.size() == 1
                ? new Audit.Entry("delivery.retry", ids.get(0), null)
                : new Audit.Entry("delivery.replay", ids.get(0), ids.size() + " deliveries from this one on");
        audit.change(who, who.tenantId(), entry, tx -> deliveries.requeue(tx, matches));
        Set<String> woken = new HashSet<>();
        for (DeliveryQueries.Match match : matches) {
            if (woken.add(match.targetId())) {
                lanes.wake(match.targetId());
            }
        }
    }
}
