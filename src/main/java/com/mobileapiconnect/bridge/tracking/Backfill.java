package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MissingDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.Threads;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes the deliveries that a connection would have got of earlier messages, had it been there, by its own condition and
 * in the order of the messages. A delivery that is there is left alone, so a backfill can be repeated, and can run beside
 * another one and beside new messages.
 */
@Component
class Backfill implements JobKind<BackfillStep>, DisposableBean {

    /** Messages looked at by one step: their texts are in memory meanwhile. */
    private static final int AT_ONCE = 100;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Unfinished deliveries of a connection that goes on, for which more are not made yet: new messages wait behind them. */
    static final int AHEAD = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Store store;
    private final Targets targets;
    private final LateDeliveries late;
    private final Backlog backlog;
    private final Lanes lanes;
    private final Budget budget;
    private final ExecutorService thread = Threads.one("backfill");

    Backfill(Store store, Targets targets, LateDeliveries late, Backlog backlog, Lanes lanes, Budget budget) {
        this.store = store;
        this.targets = targets;
        this.late = late;
        this.backlog = backlog;
        this.lanes = lanes;
        this.budget = budget;
    }

    /**
     * The order of a backfill.
     *
     * @param since  beginning of the period, in milliseconds
     * @param until  its end, exclusive
     * @param newest number of the last message that was there when it began: later ones are not missed
     */
    record Work(String target, long since, long until, long newest) {

        MissingDeliveries.Period period(String tenantId) {
            return new MissingDeliveries.Period(tenantId, until, newest);
        }

        Position beginning() {
            return new Position(since, 0);
        }
    }

    /** The position that a backfill has reached, with its counts until there. */
    record Place(long at, long seq, BackfillCounts counts) {

        Position position() {
            return new Position(at, seq);
        }
    }

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public CompletableFuture<BackfillStep> prepare(Job job, int limit) {
        Work work = job.work(Work.class);
        String tenantId = job.tenantId();
        Target target = targets.find(work.target()).orElse(null);
        if (tenantId == null || target == null) {
            return CompletableFuture.completedFuture(BackfillStep.end("the connection was deleted"));
        } else if (!target.enabled()) {
            return CompletableFuture.completedFuture(BackfillStep.end("the connection is not enabled"));
        } else if (target.open() && backlog.of(target.id()) >= AHEAD) {
            return CompletableFuture.completedFuture(BackfillStep.LATER);
        }
        Position after = place(job).position();
        return store.readLater(sql -> MissingDeliveries.page(
                        sql, target.id(), work.period(tenantId), after, Math.min(limit, AT_ONCE)))
                .thenApplyAsync(page -> evaluate(target, page.rows()), thread);
    }

    private static Place place(Job job) {
        Work work = job.work(Work.class);
        return job.place(Place.class, new Place(work.since(), 0, BackfillCounts.NONE));
    }

    /** Evaluates within a message's budget, on this thread alone: one message at a time of all tenants. */
    private BackfillStep evaluate(Target target, List<MissingDeliveries.Row> rows) {
        long begun = System.nanoTime();
        BackfillStep.Made step = new BackfillStep.Made();
        for (MissingDeliveries.Row row : rows) {
            StoredMessage message = row.message();
            Subject subject = Subject.of(message.message(), budget, Costly.ALLOWED);
            step.add(row, BackfillStep.wants(target, row, subject), subject.everLeftOut());
            if (System.nanoTime() - begun > LONGEST_NANOS) {
                break;
            }
        }
        return step.done();
    }

    @Override
    public Progress take(Transaction tx, Job job, BackfillStep step) throws SQLException {
        Place place = place(job);
        Position reached = step.reached();
        if (step.isLater()) {
            return new Progress.Later(PAUSE);
        } else if (reached == null) {
            return new Progress.End(place.counts().result(job.done(), step.ended()), 0);
        }
        Optional<Target> target =
                targets.find(tx, job.work(Work.class).target()).filter(Target::enabled);
        if (target.isEmpty()) {
            return new Progress.Later(Duration.ZERO); // the next step says why it ends
        }
        return new Progress.On(
                new Place(reached.acceptedAt(), reached.seq(), place.counts().plus(step.counts())),
                late.make(tx, target.get(), step.wanted()));
    }

    @Override
    public void taken(Job job, BackfillStep step) {
        if (!step.wanted().isEmpty()) {
            lanes.wake(job.work(Work.class).target());
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
