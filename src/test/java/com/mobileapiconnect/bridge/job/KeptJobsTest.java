package com.mobileapiconnect.bridge.job;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of which half would be worse than late, such as the deletion of a tenant: no fault ends them. */
@OnBothDatabases
class KeptJobsTest {

    private final Kept kind = new Kept();
    private JdbcStore store;
    private StoredJobs jobs;

    @BeforeEach
    void open(Database database, @TempDir Path directory) {
        store = database.store(directory);
        jobs = new StoredJobs(store, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        jobs.close();
        store.close();
    }

    record Work(boolean faulty) {}

    /** Fails until it is mended. */
    private static final class Kept implements JobKind<Boolean> {

        private volatile boolean mended;

        @Override
        public String name() {
            return "kept";
        }

        @Override
        public String keptBecause() {
            return "half of it would be worse";
        }

        @Override
        public CompletableFuture<Boolean> prepare(Job job, int limit) {
            return CompletableFuture.completedFuture(job.work(Work.class).faulty() && !mended);
        }

        @Override
        public Progress take(Transaction tx, Job job, Boolean fails) {
            if (fails) {
                throw new IllegalStateException("A fault of the kind");
            }
            return new Progress.End(null, 1);
        }
    }

    private String begin(boolean faulty) {
        return store.writeNow(tx -> jobs.jobs.begin(tx, NewJob.by("ten_1", kind, new Work(faulty), null)));
    }

    @Test
    void goOnOnceTheFaultIsMended() {
        jobs.run(kind);
        String faulty = begin(true);
        String next = begin(false); // a tenant takes one step after the other, so the fault was dealt with before
        eventually(() -> assertThat(jobs.find(next).state()).isEqualTo(Job.State.DONE));
        assertThat(jobs.find(faulty).state()).isEqualTo(Job.State.OPEN);
        jobs.close();

        kind.mended = true;
        jobs.run(kind);

        eventually(() -> assertThat(jobs.find(faulty).state()).isEqualTo(Job.State.DONE));
    }
}
