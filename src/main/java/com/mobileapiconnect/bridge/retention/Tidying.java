package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The job that ends an erasure: it waits until the files have been tidied, which is done once for all erasures that
 * wait, whoever asked for them. After each time the bridge rests nine times as long, so that no number of erasures costs
 * the others more than a tenth of the disk.
 */
@Component
class Tidying implements JobKind<Boolean> {

    static final String NAME = "erase";

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
    private static final int RESTS = 9;
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(5);
    /** A tenant that erases without an end does not put its own tidying off for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Store store;
    private final Erasures erasures;
    private final Clock clock;
    /** The number of the pass after which nothing is left of a job's erasures. */
    private final Map<String, Long> awaited = new HashMap<>();

    private long begun;
    private long succeeded;
    private boolean underWay;
    private long restsUntil = System.nanoTime();

    Tidying(Store store, Erasures erasures, Clock clock) {
        this.store = store;
        this.erasures = erasures;
        this.clock = clock;
    }

    /** @param number of erasures that the job began with; others may have joined it before its first step */
    record Work(int number) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String keptBecause() {
        return "what was erased is to be removed from the database's files too";
    }

    /** Returns whether the job can take its next step: to begin, and then to end. */
    @Override
    public CompletableFuture<Boolean> prepare(Job job, int limit) {
        return CompletableFuture.completedFuture(hasBegun(job) ? isTidied(job.id()) : mayBegin(job));
    }

    private static boolean hasBegun(Job job) {
        return job.place(Boolean.class, false);
    }

    /** Further erasures of the tenant join a job that has not begun. */
    private synchronized boolean mayBegin(Job job) {
        boolean more = erasures.any(String.valueOf(job.tenantId()))
                && clock.instant().isBefore(job.createdAt().plus(PATIENCE));
        return !more && canTidy();
    }

    private synchronized boolean isTidied(String jobId) {
        long pass = awaited.computeIfAbsent(jobId, id -> begun + 1);
        if (succeeded < pass && canTidy()) {
            tidy();
        }
        return succeeded >= pass;
    }

    private boolean canTidy() {
        return !underWay && System.nanoTime() - restsUntil >= 0;
    }

    private void tidy() {
        long pass = ++begun;
        long start = System.nanoTime();
        underWay = true;
        store.tidy().whenComplete((nothing, failure) -> ended(pass, System.nanoTime() - start, failure == null));
    }

    private synchronized void ended(long pass, long took, boolean success) {
        if (success) {
            succeeded = pass;
        }
        LOG.debug("Tidied the files in {} ms: {}", Duration.ofNanos(took).toMillis(), success);
        restsUntil = System.nanoTime() + Math.max(SHORTEST_REST.toNanos(), RESTS * took);
        underWay = false;
    }

    @Override
    public Progress take(Transaction tx, Job job, Boolean ready) {
        if (!ready) {
            return new Progress.Later(pause());
        }
        return hasBegun(job) ? new Progress.End(null, 1) : new Progress.On(true, 0);
    }

    private synchronized Duration pause() {
        long rest = Math.min(restsUntil - System.nanoTime(), LOOK_AT_LEAST.toNanos());
        return underWay || rest < LOOK_AGAIN.toNanos() ? LOOK_AGAIN : Duration.ofNanos(rest);
    }

    @Override
    public synchronized void taken(Job job, Boolean ready) {
        if (ready && hasBegun(job)) {
            awaited.remove(job.id());
        }
    }
}
