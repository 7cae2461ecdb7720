package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMS that nobody sent in time or reported on. */
@OnBothDatabases
class OverdueTest {

    static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database, "bridge.reply.sweep-every=PT1H");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final Api tenant = bridge.newTenant().api();

    private String send() {
        return tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"hi\"}")
                .expect(202)
                .at("/id");
    }

    private static void set(String id, String columns) {
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update outgoing set " + columns + " where id = ?")
                .param(id)
                .update());
    }

    private static int end() {
        return bridge.bean(Store.class)
                .writeNow(tx -> bridge.bean(Overdue.class).end(tx, Instant.now()));
    }

    private String status(String id) {
        return tenant.get("/v1/outgoing/" + id).at("/status");
    }

    @Test
    void aUnitEndsOneKindAndLooksForNoOther() {
        tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201);
        String late = send();
        set(late, "expires_at = 1");
        String silent = send();
        set(silent, "status = 1, leases = 3, due_at = 1");
        assertThat(end()).isEqualTo(1);
        assertThat(status(late)).isEqualTo("expired");
        assertThat(status(silent)).isEqualTo("leased");
        assertThat(end()).isEqualTo(1);
        assertThat(status(silent)).isEqualTo("failed");
        assertThat(end()).isZero();
    }
}
