package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
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
}
