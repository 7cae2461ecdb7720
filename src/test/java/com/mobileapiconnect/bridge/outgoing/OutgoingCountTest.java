package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SMS that wait, near a tenant's limit, while nothing is counted beside. */
@OnBothDatabases
class OutgoingCountTest {

    static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database, "bridge.reply.sweep-every=PT1H");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final RunningBridge.NewTenant tenant = bridge.newTenant("{\"name\":\"T\",\"limits\":{\"outgoing\":3}}");
    private final Api phone = tenant.api()
            .as(tenant.api().post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));

    private void send() {
        tenant.api()
                .post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"hi\"}")
                .expect(202);
    }

    private long room() {
        return bridge.bean(Store.class)
                .writeNow(tx -> bridge.bean(OutgoingCount.class).room(tx, tenant.id()));
    }

    @Test
    void areCountedAgainOnlyOnceTheLimitIsReached() {
        send();
        send();
        assertThat(room()).isEqualTo(1);
        String id = phone.get("/v1/outbox").at("/messages/0/id");
        phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        assertThat(room()).isEqualTo(1);
        send();
        eventually(() -> assertThat(room()).isEqualTo(1));
    }
}
