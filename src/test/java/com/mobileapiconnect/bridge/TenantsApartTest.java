package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to one tenant does not exist for another; what is the operator's is nobody else's. */
class TenantsApartTest extends SharedBridgeSuite {

    private static Api newTenant(String networks) {
        return bridge.newTenant("{\"name\":\"Other\",\"allowedNetworks\":" + networks + "}")
                .api();
    }

    private static Api phoneOf(Api tenant) {
        return tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"1\"}").at("/token"));
    }

    @Test
    void nothingOfAnotherTenantExists() {
        try (Receiver receiver = new Receiver()) {
            Api mine = bridge.tenant();
            Api other = newTenant("[\"127.0.0.0/8\"]");
            String connection = mine.post(
                            "/v1/connections", "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/c") + "\"}")
                    .at("/id");
            String device = mine.post("/v1/devices", "{\"name\":\"d\"}").at("/id");
            String message = phoneOf(mine)
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                    .at("/messages/0/id");
            String delivery =
                    mine.get("/v1/deliveries?messageId=" + message).expect(200).at("/data/0/id");
            String key = mine.get("/v1/keys").at("/data/0/id");

            other.get("/v1/connections/" + connection).expect(404);
            other.put("/v1/connections/" + connection, "{}").expect(404);
            other.post("/v1/connections/" + connection + "/pause").expect(404);
            other.delete("/v1/connections/" + connection).expect(404);
            other.get("/v1/devices/" + device).expect(404);
            other.delete("/v1/devices/" + device).expect(404);
            other.get("/v1/messages/" + message).expect(404);
            other.get("/v1/deliveries/" + delivery).expect(404);
            other.post("/v1/deliveries/" + delivery + "/retry").expect(404);
            other.delete("/v1/keys/" + key).expect(404);
            for (String list : new String[] {"connections", "devices", "messages", "deliveries", "audit"}) {
                assertThat(other.get("/v1/" + list).expect(200).text()).doesNotContain(connection, device, message);
            }
            assertThat(other.get("/v1/deliveries?target=" + connection).json().get("data"))
                    .isEmpty();
            assertThat(other.post("/v1/deliveries/replay", "{\"target\":\"" + connection + "\"}")
                            .at("/matched"))
                    .isEqualTo("0");
            mine.delete("/v1/connections/" + connection + "?discard=true").expect(202, 204);
        }
    }

    @Test
    void aTenantReachesOnlyTheNetworksTheOperatorGaveIt() {
        try (Receiver receiver = new Receiver()) {
            Api caged = newTenant("[]");
            Api.Reply refused = caged.post(
                            "/v1/connections", "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/c") + "\"}")
                    .expect(422);
            assertThat(refused.at("/errors/0/field")).isEqualTo("outboundUrl");
            assertThat(refused.at("/errors/0/message")).contains("loopback");
        }
    }

    @Test
    void aConnectionThatOneTenantKeptAliveIsNotUsedForAnother() {
        try (Receiver receiver = new Receiver()) {
            Api free = newTenant("[\"127.0.0.0/8\"]");
            String caged = "";
            String id = bridge.operator()
                    .post("/v1/tenants", "{\"name\":\"Caged later\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .at("/id");
            Api later = bridge.operator()
                    .as(bridge.operator()
                            .post("/v1/tenants/" + id + "/keys", "{}")
                            .at("/key"));
            caged = later.post("/v1/connections", "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/x") + "\"}")
                    .expect(201)
                    .at("/id");
            String open = free.post(
                            "/v1/connections", "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/x") + "\"}")
                    .expect(201)
                    .at("/id");
            bridge.operator()
                    .patch("/v1/tenants/" + id, "{\"allowedNetworks\":[]}")
                    .expect(200);

            assertThat(free.post("/v1/connections/" + open + "/test").at("/outcome"))
                    .isEqualTo("success");
            Api.Reply attempt = later.post("/v1/connections/" + caged + "/test").expect(200);
            assertThat(attempt.at("/outcome")).isEqualTo("failure");
            assertThat(attempt.at("/errorClass")).isEqualTo("refused");
            assertThat(receiver.requests("/x")).hasSize(1);
        }
    }

    @Test
    void theBridgeNeverCallsItself() {
        Api.Reply refused = bridge.tenant()
                .post("/v1/connections", "{\"name\":\"me\",\"outboundUrl\":\"" + bridge.url() + "/v1/inbound\"}")
                .expect(422);
        assertThat(refused.at("/errors/0/message")).contains("bridge itself");
    }

    @Test
    void eachPathTakesItsOwnKindOfKey() {
        bridge.nobody().get("/v1/tenants").expect(401);
        bridge.tenant().get("/v1/tenants").expect(403);
        bridge.phone().get("/v1/messages").expect(403);
        bridge.operator().get("/v1/messages").expect(403);
        bridge.tenant().get("/actuator/prometheus").expect(403);
        bridge.nobody().get("/actuator/prometheus").expect(401);
        assertThat(bridge.operator().get("/actuator/prometheus").expect(200).text())
                .contains(
                        "bridge_messages_total", "bridge_store_commit_seconds_bucket", "bridge_attempts_seconds_count");
        bridge.operator().get("/actuator/env").expect(404);
        bridge.nobody().get("/%61ctuator/prometheus").expect(401);
        bridge.nobody().get("/actuator;x=y/prometheus").expect(401);
        bridge.nobody().get("/actuator").expect(401);
        bridge.operator().get("/actuator").expect(404);
        assertThat(bridge.nobody().get("/nowhere").expect(404).header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void noAcceptHeaderMakesAChangeThatIsThenRefused() {
        Api tenant = newTenant("[]");
        Api.Reply made = tenant.send(tenant.request("/v1/keys")
                        .header("Accept", "text/html")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                .expect(201);
        assertThat(made.header("Content-Type")).isEqualTo("application/json");
        assertThat(bridge.operator()
                        .send(bridge.operator().request("/actuator/prometheus").header("Accept", "text/plain"))
                        .expect(200)
                        .text())
                .contains("bridge_messages_total");
    }

    @Test
    void whatTheContainerItselfRefusesIsAProblemToo() throws Exception {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", bridge.port())) {
            socket.getOutputStream()
                    .write("GET /v1/messages/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"status\":400");
        }
        assertThat(bridge.nobody().get("/error").expect(404).header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void aRevokedKeyIsUnknownAtOnceAndTheLastOneStays() {
        Api tenant = newTenant("[]");
        Api.Reply second = tenant.post("/v1/keys", "{\"name\":\"CI\"}").expect(201);
        Api withSecond = tenant.as(second.at("/key"));
        withSecond.get("/v1/keys").expect(200);
        assertThat(tenant.get("/v1/keys").text()).doesNotContain(second.at("/key"));
        tenant.delete("/v1/keys/" + second.at("/id")).expect(204);
        withSecond.get("/v1/keys").expect(401);
        tenant.delete("/v1/keys/" + tenant.get("/v1/keys").at("/data/0/id")).expect(409);
    }

    @Test
    void everyChangeIsInTheAuditLog() {
        Api tenant = newTenant("[]");
        String id = tenant.post("/v1/devices", "{\"name\":\"Audited\"}").at("/id");
        tenant.patch("/v1/devices/" + id, "{\"name\":\"Renamed\"}").expect(200);
        tenant.delete("/v1/devices/" + id).expect(204);
        assertThat(tenant.get("/v1/audit").json().get("data").findValuesAsText("action"))
                .containsExactly("device.delete", "device.update", "device.create", "key.create", "tenant.create");
    }

    @Test
    void listsComeInPagesNewestFirst() {
        Api tenant = newTenant("[]");
        for (int i = 0; i < 5; i++) {
            tenant.post("/v1/devices", "{\"name\":\"d" + i + "\"}").expect(201);
            phoneOf(tenant);
        }
        Api.Reply first = tenant.get("/v1/devices?limit=4").expect(200);
        assertThat(first.json().get("data")).hasSize(4);
        Api.Reply second = tenant.get("/v1/devices?limit=500&cursor=" + first.at("/next"));
        assertThat(second.json().get("data")).hasSize(6);
        assertThat(second.json().get("next").isNull()).isTrue();
        tenant.get("/v1/devices?limit=0").expect(422);
        tenant.get("/v1/devices?limit=501").expect(422);
        for (String list : List.of(
                "messages",
                "deliveries",
                "devices",
                "connections",
                "connectors",
                "adapters",
                "targets",
                "stats",
                "rules",
                "outgoing",
                "opt-outs",
                "status-urls",
                "jobs",
                "keys",
                "audit")) {
            tenant.get("/v1/" + list + "?cursor=nonsense").expect(422);
        }
        for (String list :
                List.of("tenants", "routes", "resources", "plugins", "connectors/files", "backups", "operator/audit")) {
            Api.Reply reply = bridge.operator().get("/v1/" + list + "?cursor=nonsense");
            assertThat(reply.status()).as(list).isIn(409, 422); // PostgreSQL has no list of backups
        }
        tenant.get("/v1/messages?since=yesterday").expect(422);
    }

    @Test
    void hostileRequestHeadersChangeNothing() {
        try (Receiver receiver = new Receiver()) {
            Api tenant = newTenant("[\"127.0.0.0/8\"]");
            String secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
            tenant.post(
                            "/v1/connections",
                            "{\"name\":\"c\",\"outboundUrl\":\"%s\",\"secret\":\"%s\"}"
                                    .formatted(receiver.url("/right?a=1"), secret))
                    .expect(201);
            String message = phoneOf(tenant)
                    .post(
                            "/v1/inbound?httpMethod=DELETE&CamelHttpUri=http://127.0.0.1:9/",
                            "{\"from\":\"1\",\"text\":\"t\"}".getBytes(StandardCharsets.UTF_8),
                            hostileHeaders(receiver.url("/wrong")))
                    .expect(202)
                    .at("/messages/0/id");
            eventually(() -> assertThat(receiver.requests()).hasSize(1));
            Receiver.Got got = receiver.requests().get(0);
            assertThat(got.method()).isEqualTo("POST");
            assertThat(got.path()).isEqualTo("/right?a=1");
            assertThat(got.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "host",
                            "accept",
                            "user-agent",
                            "accept-encoding",
                            "content-type",
                            "content-length",
                            "x-mac-event",
                            "x-mac-message",
                            "x-mac-delivery",
                            "x-mac-attempt",
                            "x-mac-signature",
                            "webhook-id",
                            "webhook-timestamp",
                            "webhook-signature");
            assertThat(got.header("Host")).isEqualTo("127.0.0.1:" + receiver.port());
            assertThat(got.header("Content-Type")).isEqualTo("application/json");
            assertThat(got.header("X-MAC-Message")).isEqualTo(message);
            assertThat(got.header("X-MAC-Delivery")).startsWith("dlv_").isNotEqualTo("dlv_mine");
            assertThat(got.header("X-MAC-Attempt")).isEqualTo("1");
        }
    }

    private static String[] hostileHeaders(String elsewhere) {
        return new String[] {
            "CamelHttpUri", elsewhere,
            "camelhttpuri", elsewhere,
            "CamelHttpMethod", "DELETE",
            "CamelHttpPath", "/wrong",
            "CamelHttpQuery", "a=b",
            "CamelHttpRawQuery", "a=b",
            "CamelHttpHost", "127.0.0.2",
            "CamelHttpResponseCode", "200",
            "CamelRestHttpUri", elsewhere,
            "CamelCharsetName", "UTF-16",
            "CamelBeanMethodName", "toString",
            "CamelOverrideProperties", "x",
            "kafka.OVERRIDE_TOPIC", "other",
            "kafka.KEY", "other",
            "Proxy-Authorization", "Basic YTpi",
            "X-Authorization", "Bearer x",
            "Long-Running-Action", "http://127.0.0.1:9/lra",
            "Cookie", "a=b",
            "Content-Encoding", "gzip",
            "Content-Type", "application/xml; charset=utf-16",
            "X-Forwarded-Host", "evil.example",
            "X-Forwarded-For", "127.0.0.1",
            "X-HTTP-Method-Override", "DELETE",
            "Transfer-Foo", "${sys:user.home}",
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "X-MAC-Delivery", "dlv_mine",
            "X-MAC-Attempt", "99",
            "X-MAC-Signature", "sha256=00",
            "webhook-id", "mine",
            "deviceId", "dev_other",
            "tenant", "ten_other"
        };
    }

    @Test
    void aMistypedSettingIsNamedAndNothingChanges() {
        Api tenant = newTenant("[]");
        Api.Reply refused = tenant.post("/v1/connections", """
                        {"name":"","outboundUrl":"ftp://x","redlivery":{},"concurrency":0,
                         "secret":"short","connector":"sap","redelivery":{"timeout":"PT31S","maxAttempts":"many"},
                         "when":{"field":"text","op":"like","value":"x"}}""").expect(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .contains(
                        "name",
                        "outboundUrl",
                        "redlivery",
                        "concurrency",
                        "secret",
                        "connector",
                        "redelivery.timeout",
                        "redelivery.maxAttempts",
                        "when.op");
        assertThat(tenant.get("/v1/connections").json().get("data")).isEmpty();
    }

    @Test
    void aPutReplacesAndKeepsOnlyTheSecret() {
        Api tenant = newTenant("[]");
        String url = "https://erp.example.com/sms";
        tenant.put("/v1/webhooks", "{\"url\":\"" + url + "\",\"secret\":\"0123456789abcdef\",\"concurrency\":3}")
                .expect(200);
        assertThat(tenant.get("/v1/webhooks").at("/signing")).isEqualTo("true");
        Api.Reply replaced =
                tenant.put("/v1/webhooks", "{\"url\":\"" + url + "\"}").expect(200);
        assertThat(replaced.at("/signing")).isEqualTo("true");
        assertThat(replaced.at("/concurrency")).isEqualTo("8");
        assertThat(tenant.put("/v1/webhooks", "{\"url\":\"" + url + "\",\"secret\":null}")
                        .at("/signing"))
                .isEqualTo("false");
        // What GET gives can be given back.
        tenant.put("/v1/webhooks", tenant.get("/v1/webhooks").text()).expect(200);
        tenant.put("/v1/webhooks", "{}").expect(422);
    }
}
