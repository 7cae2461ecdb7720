package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Jobs for tests of other packages: on a store, run or taken step by step. */
public final class StoredJobs implements AutoCloseable {

    private static final JobSettings SETTINGS = new JobSettings(4, 3, 20);

    /** Nobody runs what is begun here, unless {@link #run} was called. */
    public final Jobs jobs;

    private final Store store;
    private final Clock clock;
    private JobRunner runner;

    public StoredJobs(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.jobs = new Jobs(store, SETTINGS, clock);
    }

    /** Goes on with what is there, as a start does, and runs what is begun from now on. */
    public void run(JobKind<?>... kinds) {
        runner = new JobRunner(List.of(kinds), jobs, store, SETTINGS, clock, new SimpleMeterRegistry());
        runner.resume();
    }

    /** Every job that has not ended, the oldest first. */
    public List<Job> open() {
        return store.read(JobRows::open);
    }

    public Job find(String id) {
        return store.read(sql -> JobRows.find(sql, id)).orElseThrow();
    }

    /** Takes one step, and returns the job as it is afterwards. */
    public <F> Job take(JobKind<F> kind, Job job, F found, Instant now) {
        store.writeNow(tx -> {
            JobRows.move(tx, job, kind.take(tx, job, found), now);
            return job;
        });
        return find(job.id());
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.destroy();
        }
    }
}
