package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes people's orders to replay rules on all messages. */
@Component
class RuleReplayRequests {

    /** Messages that are counted beforehand: more would take long, and the total then is not known. */
    private static final int MOST_COUNTED = 100_000;

    private final RuleReplayJob replay;
    private final Store store;
    private final Jobs jobs;
    private final Audit audit;

    RuleReplayRequests(RuleReplayJob replay, Store store, Jobs jobs, Audit audit) {
        this.replay = replay;
        this.store = store;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** Begins a replay, and returns its job. Messages that are accepted after this moment are not its concern. */
    String begin(Caller.OfTenant who, RuleSet rules, @Nullable Instant since, @Nullable Instant until) {
        String tenantId = who.tenantId();
        jobs.requireRoom(tenantId);
        RuleReplayJob.Work work = new RuleReplayJob.Work(
                KeptRules.of(rules), Columns.millis(since), Columns.millis(until), store.read(MessageRows::newest));
        long counted = store.read(tenantId, sql -> MessageQueries.count(sql, work.filter(tenantId), MOST_COUNTED));
        Long total = counted < MOST_COUNTED ? counted : null;
        return audit.change(
                who,
                tenantId,
                tx -> jobs.begin(tx, NewJob.by(tenantId, replay, work, total)),
                id -> new Audit.Entry("rule.replay", id, rules.rules().size() + " rules"));
    }
}
