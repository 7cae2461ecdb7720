package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Begins jobs, as a part of the unit that decides on the work: both are committed, or none. */
@Component
@EnableConfigurationProperties(JobSettings.class)
public class Jobs {

    private static final long TRY_AGAIN_SECONDS = 5;

    private final Store store;
    private final JobSettings settings;
    private final Clock clock;
    private final List<Consumer<Job>> watchers = new CopyOnWriteArrayList<>();

    Jobs(Store store, JobSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Throws a 429 {@link Problem} if the tenant has as many unfinished jobs as it may. Callers ask before their unit,
     * because a unit that fails costs its group a second run; {@link #begin} asks again.
     */
    public void requireRoom(String tenantId) {
        store.read(sql -> {
            requireRoom(sql, tenantId);
            return tenantId;
        });
    }

    private void requireRoom(JdbcClient sql, String tenantId) {
        if (JobRows.countOpen(sql, tenantId) >= settings.open()) {
            throw Problem.tooMany(
                    "This tenant has " + settings.open() + " unfinished jobs, which is the most. Wait until one has"
                            + " ended (GET /v1/jobs), or cancel one.",
                    TRY_AGAIN_SECONDS);
        }
    }

    /** Begins a job with the commit of this unit; returns its id. */
    public String begin(Transaction tx, NewJob wanted) {
        String tenantId = wanted.tenantId();
        if (wanted.asked() && tenantId != null) {
            requireRoom(tx.sql(), tenantId);
        }
        Instant now = clock.instant();
        String id = Ids.timeOrdered(Job.PREFIX, now);
        JobRows.insert(tx, id, wanted, now);
        Job job = JobRows.find(tx.sql(), id).orElseThrow();
        tx.afterCommit(() -> tell(job), later -> JobRows.find(later.sql(), id)
                .ifPresent(stored -> later.afterCommit(() -> tell(stored))));
        return id;
    }

    private void tell(Job job) {
        watchers.forEach(watcher -> watcher.accept(job));
    }

    /** Returns the tenant's job of this kind that has not taken a step yet; begins this one if there is none. */
    public String joinOrBegin(Transaction tx, NewJob wanted) {
        return JobRows.notBegun(tx.sql(), wanted).orElseGet(() -> begin(tx, wanted));
    }

    /** Tells of every new job after its commit, on the writer's thread; the watcher must not wait. */
    void watch(Consumer<Job> watcher) {
        watchers.add(watcher);
    }
}
