package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL needs beyond the contract: one bridge at a time, durable commits. */
class PostgresDialectTest {

    private static final Work<Integer> NOTE = tx ->
            tx.sql().sql("insert into meta (name, value) values ('note', 'x')").update();

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
        PostgresServer.shared().endSessions(url.substring(url.lastIndexOf('/') + 1));
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

    @Test
    void aLostSessionIsReplacedTogetherWithItsLock() {
        endSessions();
        assertThatThrownBy(() -> store.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.writeNow(NOTE)).isEqualTo(1);
        assertThatThrownBy(this::open).hasMessageStartingWith("Another bridge is running");
    }

    @Test
    void whoWasReplacedByAnotherBridgeNeverWritesAgain() {
        endSessions();
        JdbcStore other = open();
        assertThatThrownBy(() -> store.writeNow(NOTE)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.writeNow(NOTE)).cause().hasMessageStartingWith("Another bridge is running");
        other.close();
        assertThatThrownBy(() -> store.writeNow(NOTE)).cause().hasMessageStartingWith("Another bridge has taken over");
        assertThat(store.sinceCommitNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aValueThatTheDatabaseRefusesFailsItsUnitAlone() {
        assertThatThrownBy(() -> store.writeNow(tx -> tx.sql()
                        .sql("insert into meta (name, value) values (?, 'x')")
                        .param("a\0b")
                        .update()))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
        assertThat(store.sinceCommitNanos()).isLessThan(Long.MAX_VALUE);
    }
}
