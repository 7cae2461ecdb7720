package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When Flyway may be left out, and when it may not. */
@OnBothDatabases
class MigrationsTest {

    @TempDir
    Path directory;

    private Dialect dialect;
    private Connection connection;

    @BeforeEach
    void migrate(Database database) throws SQLException {
        dialect = database.fresh(directory);
        connection = dialect.openWriter();
        connection.setAutoCommit(true);
        Migrations.run(dialect, connection);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        dialect.close();
    }

    private void sql(String statement) throws SQLException {
        connection.createStatement().execute(statement);
    }

    @Test
    void aSchemaWithEveryMigrationIsLeftAsItIs() throws SQLException {
        assertThat(Migrations.areDone(dialect, connection)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from flyway_schema_history where version = '9'",
                "update flyway_schema_history set checksum = checksum + 1 where version = '1'",
                "update flyway_schema_history set checksum = null where version = '1'",
                "update flyway_schema_history set success = false where version = '1'",
                "update flyway_schema_history set script = 'V999__later.sql' where version = '1'",
                "drop table flyway_schema_history",
            })
    void whateverElseFlywayWouldFindIsLeftToFlyway(String change) throws SQLException {
        sql(change);

        assertThat(Migrations.areDone(dialect, connection)).isFalse();
    }

    @Test
    void aMigrationThatWasChangedAfterwardsIsStillRefused() throws SQLException {
        sql("update flyway_schema_history set checksum = checksum + 1 where version = '1'");

        assertThatThrownBy(() -> Migrations.run(dialect, connection))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void whatANewerVersionHasUsedIsRefused() throws SQLException {
        sql("""
                insert into flyway_schema_history
                select installed_rank + 1000, '999', 'later', type, 'V999__later.sql', checksum, installed_by,
                    installed_on, execution_time, success
                from flyway_schema_history where version = '9'""");

        assertThatThrownBy(() -> Migrations.run(dialect, connection))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("used by a newer version")
                .hasMessageContaining("V999__later.sql");
    }
}
