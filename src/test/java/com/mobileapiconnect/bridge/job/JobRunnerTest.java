package com.mobileapiconnect.bridge.job;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when the bridge ends in the middle. */
@OnBothDatabases
class JobRunnerTest {

    private static final int MANY = 300;

    @TempDir
    Path directory;

    @Test
    void everyStartGoesOnWhereTheLastOneHasStoppedAndNothingIsDoneTwice(Database database) {
        try (JdbcStore store = database.store(directory)) {
            Counting counting = new Counting();
            String job = store.writeNow(
                    tx -> new StoredJobs(store, Clock.systemUTC()).jobs.begin(tx, Counting.upTo("ten_1", MANY)));
            StoredJobs stored = new StoredJobs(store, Clock.systemUTC());
            while (stored.find(job).status() != Job.Status.DONE) {
                long before = stored.find(job).done();
                try (StoredJobs run = new StoredJobs(store, Clock.systemUTC())) {
                    run.run(counting);
                    eventually(
                            () -> assertThat(stored.find(job).done()).isGreaterThan(Math.min(before + 20, MANY - 1)));
                }
            }
            assertThat(stored.find(job).done()).isEqualTo(MANY);
        }
    }
}
