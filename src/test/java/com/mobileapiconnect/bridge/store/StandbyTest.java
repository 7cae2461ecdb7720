package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two bridges on one database, of which one waits until the other has ended. */
@OnPostgresql
class StandbyTest {

    private static final BeforeStandby WILLING = database -> {};
    private static final Work<Integer> NOTE = tx ->
            tx.sql().sql("insert into meta (name, value) values ('note', 'x')").update();

    private final String url = PostgresServer.shared().freshDatabase();
    private final JdbcStore first = open(WILLING);
    private volatile Thread waiting = Thread.currentThread();

    @AfterEach
    void close() {
        first.close();
    }

    private JdbcStore open(BeforeStandby before) {
        PostgresDialect dialect =
                new PostgresDialect(url, new PostgresDialect.Login("", ""), Duration.ofSeconds(20), before);
        return JdbcStore.open(dialect, new StoreSettings(1, 10, 100), new SimpleMeterRegistry());
    }

    private CompletableFuture<JdbcStore> standsBy() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<JdbcStore> second = CompletableFuture.supplyAsync(
                () -> {
                    waiting = Thread.currentThread();
                    return open(database -> asked.countDown());
                },
                task -> Threads.named("second-bridge").newThread(task).start());
        asked.await();
        return second;
    }

    @Test
    void aBridgeThatStandsByTakesOverWhatTheOtherHasWritten() throws Exception {
        CompletableFuture<JdbcStore> second = standsBy();
        first.writeNow(NOTE);
        assertThat(second).isNotDone();

        first.close();

        try (JdbcStore store = second.join()) {
            int notes = store.writeNow(tx -> tx.sql()
                    .sql("select count(*) from meta where name = 'note'")
                    .query(Integer.class)
                    .single());
            assertThat(notes).isEqualTo(1);
        }
    }

    @Test
    void ofTwoThatStandByOneTakesOverAndTheOtherStandsByForThatOne() throws Exception {
        CompletableFuture<JdbcStore> second = standsBy();
        CompletableFuture<JdbcStore> third = standsBy();

        first.close();

        JdbcStore working = (JdbcStore) CompletableFuture.anyOf(second, third).join();
        assertThat(working.writeNow(NOTE)).isEqualTo(1);
        CompletableFuture<JdbcStore> other = second.isDone() ? third : second;
        assertThat(other).isNotDone();
        working.close();
        other.join().close();
    }

    @Test
    void aBridgeThatIsCutOffWhileTheOtherTakesOverIsLostSoThatItsProcessEnds() throws Exception {
        CompletableFuture<JdbcStore> second = standsBy();
        PostgresServer.shared().endSessions(name());

        try (JdbcStore store = second.join()) { // the first one notices nothing until it writes
            assertThatThrownBy(() -> first.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
            assertThat(first.lost()).get().asString().contains("Another bridge has taken over", "it stands by");
            assertThat(store.writeNow(NOTE)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsAwayDoesNotEndTheWait() throws Exception {
        CompletableFuture<JdbcStore> second = standsBy();
        PostgresServer.shared().execute("alter database " + name() + " allow_connections false");
        PostgresServer.shared().endSessions(name());
        first.close();
        assertThat(second).isNotDone();

        PostgresServer.shared().execute("alter database " + name() + " allow_connections true");

        second.join().close();
    }

    @Test
    void aBridgeThatCouldNotTakeOverIsRefusedBeforeItWaits() {
        assertThatThrownBy(() -> open(database -> {
                    throw new IllegalStateException("not with this key");
                }))
                .hasMessage("not with this key");

        first.writeNow(tx -> tx.sql().sql("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'test', 1, true)""").update());
        assertThatThrownBy(() -> open(WILLING)).hasMessageContaining("was used by a newer version of the bridge");
    }

    @Test
    void aBridgeThatStandsByCanBeStopped() throws Exception {
        CompletableFuture<JdbcStore> second = standsBy();

        waiting.interrupt();

        assertThatThrownBy(second::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Stopped while it stood by");
    }

    private String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
