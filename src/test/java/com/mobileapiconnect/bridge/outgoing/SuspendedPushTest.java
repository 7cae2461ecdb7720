package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMS of a suspended tenant are pushed once it is resumed. */
@OnBothDatabases
class SuspendedPushTest {

    @TempDir
    Path data;

    @Test
    void smsWaitForTheEndOfTheSuspension(Database database) {
        try (Receiver gateway = new Receiver().answering(201);
                RunningBridge bridge = RunningBridge.start(data, database)) {
            String tenantId = bridge.operator()
                    .post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .at("/id");
            Api tenant = bridge.operator()
                    .as(bridge.operator()
                            .post("/v1/tenants/" + tenantId + "/keys")
                            .at("/key"));
            String device = tenant.post("/v1/devices", """
                            {"name":"G","number":"911234500000",
                             "transport":{"type":"twilio","url":"%s","accountSid":"AC12","authToken":"s"}}""".formatted(gateway.url("")))
                    .expect(201)
                    .at("/id");
            bridge.operator().post("/v1/tenants/" + tenantId + "/suspend").expect(200);
            String sms = queue(bridge, tenantId, device);
            bridge.bean(Sweeper.class).sweep();
            assertThat(gateway.requests()).isEmpty();

            bridge.operator().post("/v1/tenants/" + tenantId + "/resume").expect(200);
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing/" + sms).at("/status")).isEqualTo("sent"));
        }
    }

    /** As a reply that was under way when the tenant was suspended. */
    private static String queue(RunningBridge bridge, String tenantId, String device) {
        OutgoingDraft.Origin.Tenant origin = new OutgoingDraft.Origin.Tenant(null, "hash");
        String id = Ids.timeOrdered(Outgoing.PREFIX, Instant.now());
        return bridge.bean(Sending.class)
                .one(
                        new OutgoingDraft(
                                id,
                                tenantId,
                                device,
                                origin,
                                "919876543210",
                                "hello",
                                null,
                                null,
                                Terms.OF_REPLY,
                                null),
                        origin);
    }
}
