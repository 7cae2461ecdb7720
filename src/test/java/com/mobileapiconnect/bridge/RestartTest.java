package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that was set is there after a restart, as it was: tenants, keys, phones, targets, the audit log. */
@OnBothDatabases
class RestartTest {

    private static final List<String> LISTS =
            List.of("/v1/devices", "/v1/webhooks", "/v1/connections", "/v1/keys", "/v1/audit", "/v1/messages");

    @TempDir
    Path data;

    @Test
    void whatWasSetIsThereAfterARestart(Database database) {
        String[] settings = database.settings();
        List<String> before;
        String tenants;
        String token;
        try (RunningBridge bridge = RunningBridge.start(data, settings)) {
            token = set(bridge);
            bridge.runScheduled(); // a stop does not wait for long until it is written when a phone last called
            before = lists(bridge.tenant());
            tenants = bridge.operator().get("/v1/tenants").expect(200).text();
        }
        try (RunningBridge bridge = RunningBridge.start(data, settings)) {
            assertThat(lists(bridge.tenant())).isEqualTo(before);
            assertThat(bridge.operator().get("/v1/tenants").text()).isEqualTo(tenants);
            bridge.nobody()
                    .as(token)
                    .post("/v1/inbound", "{\"id\":\"p-1\",\"from\":\"1\",\"text\":\"t\"}")
                    .expect(202);
        }
    }

    private static String set(RunningBridge bridge) {
        Api tenant = bridge.tenant();
        bridge.operator()
                .post("/v1/tenants", "{\"name\":\"Other\",\"allowedNetworks\":[\"10.1.0.0/16\",\"fd00::/8\"]}")
                .expect(201);
        tenant.post("/v1/keys", "{\"name\":\"second\"}").expect(201);
        tenant.post("/v1/devices", "{\"name\":\"Two SIMs\",\"sims\":{\"1\":\"911\",\"2\":\"922\"}}")
                .expect(201);
        tenant.post("/v1/devices", "{\"name\":\"Signs\",\"signingKey\":\"0123456789abcdef\",\"manage\":true}")
                .expect(201);
        String connection = tenant.post("/v1/connections", """
                        {"name":"ERP é","outboundUrl":"https://erp.example.com/sms","secret":"0123456789abcdef",
                         "when":{"field":"text","op":"keyword","value":"balance"},
                         "redelivery":{"maxAttempts":3,"jitter":0.5},"ratePerSecond":2.5,"ordered":true,
                         "http":{"headers":{"X-Shop":"7"},"auth":{"type":"bearer","token":"t"}}}""").expect(201).at("/id");
        tenant.post("/v1/connections/" + connection + "/rotate-secret").expect(200);
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        // Active, and none of the messages is for it: nothing may go on between the two looks.
        tenant.post("/v1/connections", """
                        {"name":"Plain","outboundUrl":"https://erp.example.com/",
                         "when":{"field":"text","op":"keyword","value":"nobody"}}""").expect(201);
        tenant.put("/v1/webhooks", "{\"url\":\"https://example.com/all\",\"enabled\":false}")
                .expect(200);
        String token = tenant.post("/v1/devices", "{\"name\":\"Plain\",\"number\":\"91\"}")
                .expect(201)
                .at("/token");
        Api phone = tenant.as(token);
        phone.post("/v1/inbound", "{\"id\":\"p-0\",\"from\":\"1\",\"text\":\"Balance\",\"sim\":2}")
                .expect(202);
        phone.post("/v1/inbound", "{\"id\":\"p-0\",\"from\":\"1\",\"text\":\"other\"}")
                .expect(202);
        return token;
    }

    private static List<String> lists(Api tenant) {
        return LISTS.stream()
                .map(path -> tenant.get(path).expect(200).text())
                // Looking at the list is a use of the key.
                .map(list -> list.replaceAll("\"lastUsedAt\":\"[^\"]*\"", "\"lastUsedAt\":…"))
                .toList();
    }
}
