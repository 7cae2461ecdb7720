package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that would fill the disk is not begun. */
class SqliteCopyTest {

    private Path copy;
    private SqliteConnections connections;

    @BeforeEach
    void open(@TempDir Path directory) {
        Database.SQLITE.store(directory).close(); // with all its tables
        connections = new SqliteConnections(directory.resolve("bridge.db"));
        copy = directory.resolve("copy.db");
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void aCopyThatWouldLeaveTooLittleSpaceIsNotBegun() throws Exception {
        try (Connection source = connections.aside()) {
            assertThatThrownBy(() -> SqliteCopy.make(source, copy, 16 << 20))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("bytes of free space, and there are 16777216")
                    .hasMessageContaining("BRIDGE_BACKUP_DIR");
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void whereTheSpaceIsNotKnownACopyIsTried() throws Exception {
        try (Connection source = connections.aside()) {
            SqliteCopy.make(source, copy, 0);
        }
        assertThat(Files.size(copy)).isPositive();
    }
}
