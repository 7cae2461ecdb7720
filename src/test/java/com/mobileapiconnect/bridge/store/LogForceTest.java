package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On SQLite nothing is acknowledged before the bridge has forced the log to the disk. */
class LogForceTest {

    private static final int NORMAL = 1;

    @TempDir
    Path directory;

    private final AtomicInteger forced = new AtomicInteger();
    private volatile CountDownLatch disk = new CountDownLatch(0);
    private volatile @Nullable String broken;
    private JdbcStore store;

    @BeforeEach
    void open() {
        store = open(log -> {
            LogForce real = LogForce.of(log);
            return new LogForce() {
                @Override
                public void force() throws IOException {
                    HeldWriter.await(disk);
                    if (broken != null) {
                        throw new IOException(broken);
                    }
                    real.force();
                    forced.incrementAndGet();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        });
    }

    private JdbcStore open(SqliteDialect.LogOpener log) {
        return JdbcStore.open(
                new SqliteDialect(directory.resolve("bridge.db"), false, 1 << 20, log),
                new StoreSettings(2, 256, 20),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        disk.countDown();
        store.close();
    }

    private CompletableFuture<Integer> put(String name) {
        return store.write(tx -> tx.sql()
                .sql("insert into meta (name, value) values (?, 'x')")
                .param(name)
                .update());
    }

    private long count(JdbcStore in, String name) {
        return in.read(sql -> sql.sql("select count(*) from meta where name = ?")
                .param(name)
                .query(Long.class)
                .single());
    }

    private int synchronous() {
        return store.writeNow(
                tx -> tx.sql().sql("pragma synchronous").query(Integer.class).single());
    }

    @Test
    void aCommitIsAcknowledgedOnceItIsOnTheDisk() throws Exception {
        put("first").get(60, TimeUnit.SECONDS);
        int before = forced.get();
        disk = new CountDownLatch(1);
        CompletableFuture<Integer> second = put("second");
        Eventually.eventually(() -> assertThat(count(store, "second")).isEqualTo(1)); // committed, and not acknowledged
        assertThat(second).isNotDone();
        assertThat(forced).hasValue(before);

        disk.countDown();
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(forced).hasValue(before + 1);
    }

    @Test
    void soIsOneOfAConnectionThatReplacesAnother() throws Exception {
        assertThat(synchronous()).isEqualTo(NORMAL);
        CompletableFuture<Boolean> cut = store.write(tx -> {
            tx.connection().close();
            return true;
        });
        assertThatThrownBy(() -> cut.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);

        assertThat(synchronous()).isEqualTo(NORMAL);
        int before = forced.get();
        put("after").get(60, TimeUnit.SECONDS);
        assertThat(forced.get()).isGreaterThan(before);
    }

    @Test
    void whereTheDiskRefusesNothingIsTakenAnyMoreUntilARestart() throws Exception {
        broken = "Input/output error";
        CompletableFuture<Integer> refused = put("refused");
        assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreUndecidedException.class);
        assertThat(store.lost()).get().asString().contains("bridge.db-wal", "Input/output error", "start again");

        broken = null; // and the disk says that all is well
        CompletableFuture<Integer> later = put("later");
        assertThatThrownBy(() -> later.get(60, TimeUnit.SECONDS))
                .hasCauseExactlyInstanceOf(StoreUnavailableException.class);

        store.close();
        store = open(LogForce::of);
        assertThat(put("again").get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(count(store, "later")).isZero();
    }
}
