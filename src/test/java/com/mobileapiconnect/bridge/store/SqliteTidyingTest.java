package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tidying beside a store that closes: the last connection copies the log into the file, and nothing may write there too. */
class SqliteTidyingTest {

    private SqliteConnections connections;
    private Connection writer;
    private WalCheckpointer checkpointer;
    private SqliteTidying tidying;
    private final AtomicInteger turns = new AtomicInteger();

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        Database.SQLITE.store(directory).close(); // with all its tables
        Path file = directory.resolve("bridge.db");
        connections = new SqliteConnections(file);
        writer = connections.writer(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute("insert into meta (name, value) values ('log', 'begun')");
        }
        writer.commit();
        checkpointer = new WalCheckpointer(connections::aside, () -> {}, failure -> {});
        tidying = new SqliteTidying(file, directory.resolve("bridge.db-wal"), checkpointer);
    }

    @AfterEach
    void close() throws Exception {
        checkpointer.close();
        writer.close();
        connections.close();
        tidying.close();
    }

    private void run(Runnable beforeTheLastTurn) throws Exception {
        checkpointer.alone(() -> {
            tidying.run((work, fresh) -> {
                turns.incrementAndGet();
                if (fresh) {
                    beforeTheLastTurn.run();
                }
                try {
                    return work.in(writer);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            return turns;
        });
    }

    @Test
    void itEndsInTwoTurnsOfTheWriter() throws Exception {
        run(() -> {});
        assertThat(turns).hasValue(2);
    }

    @Test
    void nothingBeginsOnceTheStoreCloses() {
        tidying.stop();

        assertThatThrownBy(() -> run(() -> {})).isInstanceOf(StoreUnavailableException.class);
        assertThat(turns).hasValue(0);
    }

    @Test
    void noPageIsCleanedOnceTheStoreCloses() {
        assertThatThrownBy(() -> run(tidying::stop)).hasRootCauseMessage("The store is closed");
        assertThat(turns).hasValue(2);
    }
}
