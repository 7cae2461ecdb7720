package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A database whose pages go bad under the running store is lost, and says so; its start would be refused too. */
class DamageWhileRunningTest {

    private static final int COMMITS = 100;
    private static final String LONG_VALUE = "x".repeat(100_000);
    private static final String PUT = "insert into meta (name, value) values (?, ?)";

    @TempDir
    Path directory;

    private JdbcStore store;

    @BeforeEach
    void open() {
        store = JdbcStore.open(
                new SqliteDialect(directory.resolve("bridge.db")),
                new StoreSettings(2, 256, 20),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void isLost() {
        eventually(() -> assertThat(store.lost())
                .hasValueSatisfying(says -> assertThat(says).contains("The database is damaged", "Put back a backup")));
        assertThatThrownBy(() -> store.writeNow(tx -> true)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aWriterThatMeetsADamagedPageTakesNothingMore() {
        assertThatThrownBy(() -> store.writeNow(tx -> {
                    throw new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT_INDEX);
                }))
                .isInstanceOf(StoreUnavailableException.class);

        isLost();
    }

    @Test
    void aDatabaseThatIsWrittenOverInPlaceIsNoticed() throws IOException {
        store.close(); // into the file; afterwards its log holds what is new alone
        open();
        Path database = directory.resolve("bridge.db");
        Files.write(database, new byte[(int) Files.size(database)], StandardOpenOption.WRITE);

        for (int i = 0; i < COMMITS && store.lost().isEmpty(); i++) {
            String name = "long-" + i;
            try {
                store.writeNow(tx -> tx.sql().sql(PUT).params(name, LONG_VALUE).update());
            } catch (StoreUnavailableException noticed) {
                break;
            }
        }

        isLost();
    }

    @Test
    void whoCopiesTheLogTellsWhyItFailed(@TempDir Path other) throws Exception {
        Database.SQLITE.store(other).close(); // with all its tables
        BlockingQueue<SQLException> failures = new LinkedBlockingQueue<>();
        SqliteConnections connections = new SqliteConnections(other.resolve("bridge.db"));
        WalCheckpointer checkpointer = new WalCheckpointer(
                () -> {
                    throw new SQLException("a page is gone");
                },
                () -> {},
                failures::add);
        try (Connection writer = connections.writer(false)) {
            try (PreparedStatement put = writer.prepareStatement(PUT)) {
                put.setString(1, "long");
                put.setString(2, LONG_VALUE.repeat(COMMITS));
                put.executeUpdate();
            }
            writer.commit();
            for (int i = 0; i < COMMITS; i++) {
                checkpointer.betweenCommits(writer);
            }
            Throwable failure = failures.poll(60, TimeUnit.SECONDS);
            assertThat(failure).hasMessage("a page is gone");
        } finally {
            checkpointer.close();
            connections.close();
        }
    }
}
