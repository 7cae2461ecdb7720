package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on PostgreSQL: it needs a master key, writes no file, and keeps the password to itself. */
@OnPostgresql
class StartOnPostgresTest {

    @TempDir
    Path data;

    @Test
    void postgresqlWantsAMasterKeyAndNoDataDirectory() {
        String url = PostgresServer.settings(PostgresServer.shared().emptyDatabase())[0];
        Path never = data.resolve("never");
        assertThatThrownBy(() -> RunningBridge.start(never, url))
                .rootCause()
                .hasMessageStartingWith("BRIDGE_MASTER_KEY must be given with BRIDGE_DATABASE_URL");
        RunningBridge.start(never, url, "bridge.master-key=" + PostgresServer.MASTER_KEY)
                .close();
        assertThat(never).doesNotExist();
    }

    @Test
    void aPasswordIsNotShownByAStartThatFails() {
        assertThatThrownBy(() -> RunningBridge.start(
                        data,
                        "bridge.database.url=postgresql://me:s3cret@127.0.0.1:1/sms",
                        "bridge.master-key=" + PostgresServer.MASTER_KEY))
                .rootCause()
                .hasMessageNotContaining("s3cret");
    }

    /** Nothing is migrated half: the next start finds an empty database. */
    @Test
    void aDatabaseThatIsNotInUtf8IsRefusedBeforeAnythingIsMadeInIt() throws SQLException {
        PostgresServer.shared()
                .execute("create database in_latin1 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        String url = PostgresServer.shared().emptyDatabase().replaceFirst("/\\w+$", "/in_latin1");
        assertThatThrownBy(() -> start(url)).rootCause().hasMessageContaining("is not in UTF-8");
        try (Connection made = DriverManager.getConnection("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
                Statement statement = made.createStatement();
                ResultSet tables = statement.executeQuery("select 1 from pg_tables where schemaname = 'public'")) {
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void aServerThatCannotBeHadSaysWhatToChange() {
        String missing = PostgresServer.shared().emptyDatabase().replaceFirst("/\\w+$", "/no_such_database");
        assertThatThrownBy(() -> start("postgresql://me@no-such-host.invalid/sms"))
                .hasStackTraceContaining("the name of its host does not resolve. Mend BRIDGE_DATABASE_URL.");
        assertThatThrownBy(() -> start(missing)).hasStackTraceContaining("Make the database first: docs/operations.md");
    }

    private void start(String url) {
        RunningBridge.start(data, "bridge.database.url=" + url, "bridge.master-key=" + PostgresServer.MASTER_KEY)
                .close();
    }
}
