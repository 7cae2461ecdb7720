package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts up by one a step, as long as nobody holds it; the tests' own kind of work. */
final class Counting implements JobKind<Integer> {

    static final int FOREVER = Integer.MAX_VALUE;

    /** The jobs that took a step, in the order of the steps. */
    final List<String> steps = new CopyOnWriteArrayList<>();

    private volatile boolean held;

    /** @param from counts from here; below 0 it fails when it comes to 0 */
    record Work(int from, int upTo, boolean kept) {}

    static NewJob upTo(String tenantId, int number) {
        return new NewJob(tenantId, "counting", new Work(1, number, false), (long) number, true);
    }

    void hold(boolean hold) {
        held = hold;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public CompletableFuture<Integer> prepare(Job job, int limit) {
        return CompletableFuture.completedFuture(job.place(Integer.class, 0) + 1);
    }

    @Override
    public Progress take(Transaction tx, Job job, Integer next) {
        Work work = job.work(Work.class);
        if (work.upTo() < 0) {
            throw new IllegalStateException("A fault of the kind");
        }
        if (held) {
            return new Progress.Later(Duration.ofMillis(5));
        }
        return next < work.upTo() ? new Progress.On(next, 1) : new Progress.End(new Counted(next), 1);
    }

    record Counted(int counted) {}

    @Override
    public void taken(Job job, Integer next) {
        if (!held) {
            steps.add(job.id());
        }
    }
}
