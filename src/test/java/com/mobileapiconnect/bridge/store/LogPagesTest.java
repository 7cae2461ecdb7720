package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that a write-ahead log has, also after it has started over in the same file. */
class LogPagesTest {

    private SqliteConnections connections;
    private Connection writer;
    private LogPages log;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        connections = new SqliteConnections(directory.resolve("bridge.db"));
        writer = connections.writer(false);
        execute("create table t (x blob)");
        log = new LogPages(directory.resolve("bridge.db-wal"), pageSize());
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        writer.close();
        connections.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
        writer.commit();
    }

    private int pageSize() throws SQLException {
        return number("pragma page_size", 1);
    }

    private int number(String query, int column) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getInt(column);
        } finally {
            writer.commit();
        }
    }

    private int startOver() throws SQLException {
        writer.setAutoCommit(true);
        try (Statement statement = writer.createStatement()) {
            statement.execute("pragma wal_checkpoint(restart)");
        }
        writer.setAutoCommit(false);
        return number("pragma page_count", 1);
    }

    @Test
    void areReadOnAsItGrows() throws Exception {
        execute("insert into t values (zeroblob(100000))");
        Set<Long> first = Set.copyOf(log.readOn());
        assertThat(first).hasSizeGreaterThan(100_000 / pageSize());

        execute("insert into t values (zeroblob(100000))");

        assertThat(log.readOn()).containsAll(first).hasSizeGreaterThan(2 * 100_000 / pageSize());
        assertThat(log.take()).isNotEmpty();
        assertThat(log.readOn()).isEmpty();
    }

    @Test
    void areNotThoseOfBeforeItStartedOver() throws Exception {
        execute("insert into t values (zeroblob(100000))");
        log.readOn();
        log.take();
        int pages = startOver();

        execute("insert into t values (1)");

        assertThat(log.readOn())
                .as("the frames of now, and none of those that still stand behind them")
                .isNotEmpty()
                .hasSizeLessThan(5)
                .allMatch(page -> page <= pages + 1);
    }
}
