package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.MissingDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rulebook.RuleBudget;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes people's orders to fill a connection up, and counts beforehand what that would make. */
@Component
class BackfillRequests {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 100_000;
    private static final int PAGE = 200;

    private final Backfill backfill;
    private final RuleBudget budget;
    private final Store store;
    private final Jobs jobs;
    private final Audit audit;

    BackfillRequests(Backfill backfill, RuleBudget budget, Store store, Jobs jobs, Audit audit) {
        this.backfill = backfill;
        this.budget = budget;
        this.store = store;
        this.jobs = jobs;
        this.audit = audit;
    }

    /**
     * @param matched  deliveries that are missing, for a dry run
     * @param complete for a dry run: whether all messages of the period were looked at
     * @param reached  time of acceptance of the last message looked at, if it is not complete: ask since then for the rest
     * @param keptFrom time of acceptance of the tenant's oldest message that is still there; null for none
     * @param job      the job that makes the deliveries; null for a dry run
     */
    record Answer(
            @Nullable Long matched,
            @Nullable Boolean complete,
            @Nullable Instant reached,
            @Nullable Instant keptFrom,
            @Nullable String job) {

        String jobOrThrow() {
            return Objects.requireNonNull(job, "A dry run begins no job");
        }
    }

    /** Begins a backfill; messages that are accepted after this moment are not its concern. */
    Answer begin(Caller.OfTenant who, Target target, @Nullable Instant since, @Nullable Instant until) {
        String tenantId = who.tenantId();
        jobs.requireRoom(tenantId);
        String job = audit.change(
                who,
                tenantId,
                tx -> jobs.begin(
                        tx,
                        NewJob.by(tenantId, backfill, work(target, since, until, MessageRows.newest(tx.sql())), null)),
                id -> new Audit.Entry("connection.backfill", target.publicId(), period(since, until)));
        return new Answer(null, null, null, keptFrom(tenantId), job);
    }

    private static Backfill.Work work(Target target, @Nullable Instant since, @Nullable Instant until, long newest) {
        return new Backfill.Work(
                target.id(),
                since == null ? 0 : since.toEpochMilli(),
                until == null ? Long.MAX_VALUE : until.toEpochMilli(),
                newest);
    }

    private static String period(@Nullable Instant since, @Nullable Instant until) {
        String from = since == null ? "" : "since " + WireTime.format(since);
        return (from + (until == null ? "" : " until " + WireTime.format(until))).strip();
    }

    private @Nullable Instant keptFrom(String tenantId) {
        return store.read(tenantId, sql -> MissingDeliveries.oldest(sql, tenantId))
                .orElse(null);
    }

    /** Counts what a backfill would make now, oldest messages first, until it has looked long enough. */
    Answer count(Target target, @Nullable Instant since, @Nullable Instant until) {
        String tenantId = target.tenantId();
        Backfill.Work work = work(target, since, until, store.read(MessageRows::newest));
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Position after = work.beginning();
        long matched = 0;
        boolean complete = false;
        for (int looked = 0; !complete && looked < MOST && System.nanoTime() < deadline; ) {
            Position from = after;
            MissingDeliveries.Page page = store.read(
                    tenantId, sql -> MissingDeliveries.page(sql, target.id(), work.period(tenantId), from, PAGE));
            int done = 0;
            for (; done < page.rows().size() && System.nanoTime() < deadline; done++) {
                MissingDeliveries.Row row = page.rows().get(done);
                matched += wants(target, row) ? 1 : 0;
                after = row.position();
            }
            looked += done;
            complete = done == page.rows().size() && !page.more();
        }
        Instant reached = complete ? null : Instant.ofEpochMilli(after.acceptedAt());
        return new Answer(matched, complete, reached, keptFrom(tenantId), null);
    }

    /** Has a turn for each message only: people of other tenants wait for theirs. */
    private boolean wants(Target target, MissingDeliveries.Row row) {
        try (RuleBudget.Turn turn = budget.ofPeople(target.tenantId())) {
            return BackfillStep.wants(target, row, turn.subject(row.message().message()));
        }
    }
}
