package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Evaluates rules against all stored messages of a period, newest first, and keeps the counts. Changes nothing but the
 * job: a step that is taken again counts nothing twice.
 */
@Component
class RuleReplayJob implements JobKind<ReplayStep>, DisposableBean {

    /** Messages looked at by one step: their texts are in memory meanwhile. */
    private static final int AT_ONCE = 200;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Jobs whose compiled rules are kept, those used last. */
    private static final int COMPILED = 8;

    private final Store store;
    private final MessageQueries messages;
    private final Rulebooks rulebooks;
    private final Budget budget;
    private final ExecutorService thread = Threads.one("rule-replay");
    /** Used by that thread alone. */
    private final Map<String, RuleSet> compiled = new LinkedHashMap<>(COMPILED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RuleSet> eldest) {
            return size() > COMPILED;
        }
    };

    RuleReplayJob(Store store, MessageQueries messages, Rulebooks rulebooks, Budget budget) {
        this.store = store;
        this.messages = messages;
        this.rulebooks = rulebooks;
        this.budget = budget;
    }

    /**
     * The order of a replay.
     *
     * @param since  beginning of the period, in milliseconds; null for none
     * @param until  its end, exclusive, likewise
     * @param newest number of the last message that was there when it began: later ones are left out
     */
    record Work(
            KeptRules rules, @Nullable Long since, @Nullable Long until, long newest) {

        MessageFilter filter(String tenantId) {
            return MessageFilter.between(
                    tenantId,
                    since == null ? null : Instant.ofEpochMilli(since),
                    until == null ? null : Instant.ofEpochMilli(until));
        }
    }

    @Override
    public String name() {
        return "rule-replay";
    }

    @Override
    public CompletableFuture<ReplayStep> prepare(Job job, int limit) {
        String tenantId = job.tenantId();
        if (tenantId == null) {
            throw new IllegalStateException("A replay is a tenant's: " + job.id());
        }
        Work work = job.work(Work.class);
        ReplayStep.Place place = place(job);
        return store.readLater(
                        sql -> messages.list(sql, work.filter(tenantId), place.position(), Math.min(limit, AT_ONCE)))
                .thenApplyAsync(found -> evaluate(job.id(), tenantId, work, place, found.rows()), thread);
    }

    private static ReplayStep.Place place(Job job) {
        return job.place(ReplayStep.Place.class, ReplayStep.Place.FIRST);
    }

    /** Evaluates within a message's budget, on this thread alone: one message at a time of all tenants. */
    private ReplayStep evaluate(
            String job, String tenantId, Work work, ReplayStep.Place place, List<MessageQueries.Row> rows) {
        RuleSet rules = compiled.computeIfAbsent(job, any -> work.rules().compile(tenantId, rulebooks));
        if (!work.rules().areAll(rules)) {
            return ReplayStep.end(place.counts(), RuleSet.NONE, "the rules of then are gone");
        } else if (rows.isEmpty()) {
            return ReplayStep.end(place.counts(), rules, null);
        }
        long begun = System.nanoTime();
        ReplayTally tally = new ReplayTally(place.counts());
        long looked = 0;
        Position reached = place.position();
        for (MessageQueries.Row row : rows) {
            reached = row.position();
            if (row.message().seq() <= work.newest()) {
                looked++;
                add(row.message(), rules, tally);
            }
            if (System.nanoTime() - begun > LONGEST_NANOS) {
                break;
            }
        }
        return new ReplayStep.On(new ReplayStep.Place(reached.acceptedAt(), reached.seq(), tally.counts()), looked);
    }

    private void add(StoredMessage stored, RuleSet rules, ReplayTally tally) {
        tally.reached(stored);
        if (ReplayTally.evaluates(stored)) {
            Subject subject = Subject.of(stored.message(), budget, Costly.ALLOWED);
            Decision decision = rules.decide(subject, stored.tenantName());
            tally.add(stored, decision);
        }
    }

    @Override
    public Progress take(Transaction tx, Job job, ReplayStep step) {
        return step instanceof ReplayStep.On on
                ? new Progress.On(on.place(), on.looked())
                : new Progress.End(((ReplayStep.End) step).result(), 0);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
