package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL needs beyond the contract: one bridge at a time, durable commits, a URL that stays private. */
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
        assertThat(store.writable()).isFalse();
    }

    @Test
    void aValueThatTheDatabaseRefusesFailsItsUnitAlone() {
        assertThatThrownBy(() -> store.writeNow(tx -> tx.sql()
                        .sql("insert into meta (name, value) values (?, 'x')")
                        .param("a\0b")
                        .update()))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
        assertThat(store.writable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:s3cret%2F%40@db.example.com:5433/sms?sslmode=require",
                "postgres://me:s3cret%2F%40@db.example.com:5433/sms",
                "jdbc:postgresql://db.example.com:5433/sms?user=me&password=s3cret%2F%40"
            })
    void everyFormOfUrlIsReadAndNoneShowsItsPassword(String text) {
        PostgresUrl read = PostgresUrl.parse(text);
        assertThat(read.user()).isEqualTo("me");
        assertThat(read.password()).isEqualTo("s3cret/@");
        assertThat(read).hasToString("db.example.com:5433/sms");
        assertThat(new PostgresDialect(text, new PostgresDialect.Login("", "")).describe())
                .isEqualTo("PostgreSQL at db.example.com:5433/sms");
    }

    @Test
    void hostsMayBeSeveralAndPortsLeftOut() {
        PostgresUrl read = PostgresUrl.parse("postgresql://one,[::1]:5433/sms");
        assertThat(read.hosts()).isEqualTo(List.of("one", "[::1]"));
        assertThat(read.ports()).isEqualTo(List.of(5432, 5433));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:s3cret@db/sms",
                "me:s3cret@db/sms",
                "postgresql://me:s3cret@db",
                "postgresql://me:s3cret@/sms",
                "postgresql://me:s3cret@db:port/sms",
                "postgresql://me:100%s3cret@db/sms",
                "postgresql://db/sms?password=s3cret&sslmod=require",
            })
    void aUrlThatCannotBeReadIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> new PostgresDialect(text, new PostgresDialect.Login("", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
