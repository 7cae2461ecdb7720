package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** What PostgreSQL needs beyond the contract: one bridge at a time, durable commits. */
@OnPostgresql
class PostgresDialectTest {

    private static final Work<Integer> NOTE = tx ->
            tx.sql().sql("insert into meta (name, value) values ('note', 'x')").update();

    private static final Work<Integer> OTHER_NOTE = tx -> tx.sql()
            .sql("insert into meta (name, value) values ('other note', 'x')")
            .update();
    private static final Query<Integer> ONE =
            sql -> sql.sql("select 1").query(Integer.class).single();

    private static final Work<Integer> ASKED =
            tx -> tx.sql().sql("select 1").query(Integer.class).single();

    private final String url = PostgresServer.shared().freshDatabase();
    private final JdbcStore store = open();

    private JdbcStore open() {
        return JdbcStore.open(Database.postgres(url), new StoreSettings(1, 10, 100), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void endSessions() {
        PostgresServer.shared().endSessions(name());
    }

    private String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void aCommitIsDurableWhateverTheServersDefault() {
        String setting = store.writeNow(tx ->
                tx.sql().sql("show synchronous_commit").query(String.class).single());
        assertThat(setting).isEqualTo("on");
    }

    @Test
    void aSecondBridgeIsRefused() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("Another bridge is running on PostgreSQL at 127.0.0.1:");
        assertThat(store.writeNow(NOTE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "08006,true",
        "57P01,true",
        "57014,true",
        "XX000,true",
        ",true",
        "40001,false",
        "23505,false",
        "53100,false"
    })
    void onlyARefusalOfTheServersOwnIsNoCommit(String state, boolean mayHaveCommitted) {
        assertThat(Database.postgres(url).mayHaveCommitted(new SQLException("in a commit", state)))
                .isEqualTo(mayHaveCommitted);
    }

    @Test
    void aLostSessionIsReplacedTogetherWithItsLock() {
        endSessions();
        assertThat(store.writeNow(NOTE)).isEqualTo(1);
        assertThatThrownBy(this::open).hasMessageStartingWith("Another bridge is running");
    }

    @Test
    void nobodyIsRefusedBecauseAnIdleSessionHasEnded() {
        for (int i = 0; i < 3; i++) {
            assertThat(store.read(ONE)).isEqualTo(1);
            endSessions();
            assertThat(store.read(ONE)).isEqualTo(1);
            assertThat(store.writeNow(ASKED)).isEqualTo(1);
        }
        assertThat(store.sinceCommitNanos()).isLessThan(Long.MAX_VALUE);
    }

    @Test
    void aSessionFromTheTimeOfAnOutageIsNotKeptAfterIt() {
        PostgresServer.shared().execute("alter database " + name() + " set default_transaction_read_only = on");
        endSessions();
        assertThatThrownBy(() -> store.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
        store.writeNow(tx -> tx); // on a session that takes no writes for as long as it lives
        PostgresServer.shared().execute("alter database " + name() + " reset default_transaction_read_only");

        assertThat(store.writeNow(NOTE)).isEqualTo(1);
    }

    @Test
    void aUnitThatFailsFailsAloneOnTheNewSessionToo() {
        store.writeNow(NOTE);
        CountDownLatch gate = new CountDownLatch(1);
        HeldWriter.hold(store, gate);
        endSessions();
        CompletableFuture<Integer> good = store.write(OTHER_NOTE);
        CompletableFuture<Integer> bad = store.write(NOTE);
        gate.countDown();

        assertThat(good.join()).isEqualTo(1);
        assertThatThrownBy(bad::join).hasCauseInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void whoWasReplacedByAnotherBridgeNeverWritesAgain() {
        endSessions();
        JdbcStore other = open();
        assertThatThrownBy(() -> store.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.writeNow(NOTE)).cause().hasMessageStartingWith("Another bridge has taken over");
        other.close();
        assertThatThrownBy(() -> store.writeNow(NOTE)).cause().hasMessageStartingWith("Another bridge has taken over");
        assertThat(store.sinceCommitNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(store.lost()).isEmpty();
    }

    @Test
    void whoHasLostTheLockAndNothingElseWritesAgainOnceTheLockIsFree() throws SQLException {
        endSessions();
        String jdbc = "jdbc:" + url.replace("postgres@", "") + "?user=postgres";
        try (Connection earlierSession = DriverManager.getConnection(jdbc);
                Statement statement = earlierSession.createStatement()) {
            statement.execute("select pg_advisory_lock(1701998626, coalesce(hashtext(current_schema()), 0))");
            assertThatThrownBy(() -> store.writeNow(NOTE))
                    .cause()
                    .hasMessageStartingWith("Another bridge is running")
                    .hasMessageContaining("an earlier session of this one");
        }
        assertThat(store.writeNow(NOTE)).isEqualTo(1);
    }

    @Test
    void aValueThatTheDatabaseRefusesFailsItsUnitAlone() {
        assertThatThrownBy(() -> store.writeNow(tx -> tx.sql()
                        .sql("insert into meta (name, value) values (?, 'x')")
                        .param("a\0b")
                        .update()))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(store.sinceCommitNanos()).isLessThan(Long.MAX_VALUE);
    }

    private static Work<Integer> reached(int seq, int keptInMeta) {
        return tx -> {
            tx.reached("message", seq);
            return tx.sql()
                    .sql("insert into meta (name, value) values ('reached.message', ?)")
                    .param(Integer.toString(keptInMeta))
                    .update();
        };
    }

    @Test
    void aServerThatComesBackWithLessThanWasAcknowledgedIsLost() {
        store.writeNow(reached(42, 40)); // as it is after a standby took over that lacks the last two

        endSessions();

        assertThatThrownBy(() -> store.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.lost())
                .hasValueSatisfying(says -> assertThat(says).contains("earlier state", "rows 41 to 42 of message (2)"));
    }

    @Test
    void rowsThatAgedOutAreNotMissing() {
        store.writeNow(reached(42, 42));

        endSessions();

        assertThat(store.writeNow(NOTE)).isEqualTo(1);
        assertThat(store.lost()).isEmpty();
    }
}
