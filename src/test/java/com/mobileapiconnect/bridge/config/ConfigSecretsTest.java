package com.mobileapiconnect.bridge.config;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import org.junit.jupiter.api.Test;

/** What a file does with signed targets, phones and keys, whose secrets it does not hold. */
@OnBothDatabases
class ConfigSecretsTest extends ConfigSuite {

    @Test
    void aTargetThatWasSignedSendsNothingElsewhereUntilItHasItsSecretAndThenSigned() {
        try (Receiver receiver = new Receiver()) {
            tenant.connection(receiver.url("/moved"), "\"secret\":\"" + SECRET + "\"");
            Api other = bridge.newTenant().api();
            put(other, export(tenant));
            String id = other.get("/v1/connections").at("/data/0/id");

            String phone =
                    other.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
            other.as(phone)
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                    .expect(202);
            eventually(() -> assertThat(
                            other.get("/v1/deliveries?status=held").json().path("data"))
                    .hasSize(1));
            assertThat(other.get("/v1/connections/" + id).at("/statusReason")).contains("secret");
            other.post("/v1/connections/" + id + "/resume").expect(200);
            other.post("/v1/connections/" + id + "/test").expect(409);
            assertThat(receiver.requests()).isEmpty();

            put(
                    other,
                    "connections: [{name: ERP, outboundUrl: '%s', secret: %s}]"
                            .formatted(receiver.url("/moved"), SECRET));

            eventually(() -> assertThat(receiver.requests("/moved")).hasSize(1));
            assertThat(receiver.requests().get(0).header("X-MAC-Signature")).startsWith("sha256=");
            assertThat(other.get("/v1/connections/" + id).at("/status")).isEqualTo("active");
            tenant.deleteConnections();
            other.deleteConnections();
        }
    }

    @Test
    void aRotationGivesTheSecretToo() {
        tenant.connection("https://erp.example.com/", "\"secret\":\"" + SECRET + "\"");
        Api other = bridge.newTenant().api();
        put(other, export(tenant));
        String id = other.get("/v1/connections").at("/data/0/id");
        assertThat(other.get("/v1/connections/" + id).at("/status")).isEqualTo("disabled");

        other.post("/v1/connections/" + id + "/rotate-secret").expect(200);

        JsonNode connection = other.get("/v1/connections/" + id).json();
        assertThat(connection.path("status").asText()).isEqualTo("active");
        assertThat(connection.path("previousValidUntil").isNull()).isTrue();
        assertThat(lacking(put(other, export(other)))).isEmpty();
    }

    @Test
    void theWebhookOfARuleIsHeldUntilItHasItsSecretToo() {
        tenant.post("/v1/rules", """
                        {"name":"R","then":[{"type":"webhook","url":"https://erp.example.com/","secret":"%s"}]}""".formatted(SECRET)).expect(201);
        Api other = bridge.newTenant().api();
        put(other, export(tenant));
        JsonNode rule = other.get("/v1/rules").json().at("/data/0");
        assertThat(rule.at("/then/0/status").asText()).isEqualTo("disabled");

        String one = "/v1/rules/" + rule.path("id").asText();
        other.put(one, rule.toString()).expect(200);
        assertThat(other.get(one).at("/then/0/status"))
                .as("saved as it is shown")
                .isEqualTo("disabled");
        put(other, export(other).replace("secret: true", "secret: " + SECRET));
        assertThat(other.get(one).at("/then/0/status")).isEqualTo("active");
    }

    @Test
    void aPhoneIsPairedWithATokenThatIsShownOnceAndOneThatSignedTakesNothingUnsigned() {
        FullTenant.make(tenant);
        Api other = bridge.newTenant().api();
        JsonNode created = put(other, export(tenant)).at("/devices/created");

        String signed = created.at("/0/token").asText();
        assertThat(created.at("/0/pairing/url").asText()).endsWith("/v1/inbound/android-sms-gateway/" + signed);
        other.as(null)
                .post("/v1/inbound/android-sms-gateway/" + signed, "{\"event\":\"sms:received\"}")
                .expect(401);
        String cloud = created.at("/1/token").asText();
        other.as(cloud).post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        assertThat(other.get("/v1/devices").text()).doesNotContain(signed, cloud);
        assertThat(put(other, export(tenant)).at("/devices/unchanged").asInt()).isEqualTo(2);
    }

    @Test
    void aKeyIsMadeByItsNameAndShownOnceAndADryRunShowsNone() {
        String file = "keys: [{name: CI}]\ndevices: [{name: P}]";
        JsonNode dry = tenant.put("/v1/config?dryRun=true", file).expect(200).json();
        assertThat(dry.at("/keys/created/0/name").asText()).isEqualTo("CI");
        assertThat(dry.toString()).doesNotContain("sk_live_", "dvt_");
        assertThat(tenant.get("/v1/keys").text()).doesNotContain("CI");

        String key = put(tenant, file).at("/keys/created/0/key").asText();

        tenant.as(key).get("/v1/rules").expect(200);
        assertThat(put(tenant, file).at("/keys/unchanged").asInt()).isEqualTo(1);
        tenant.as(key).get("/v1/rules").expect(200);
    }

    @Test
    void aKeyHasTheScopesOfTheFileAndNoMoreIsGivenThanTheCallerHas() {
        String file = "keys: [{name: CI, scopes: [%s]}]";
        String key =
                put(tenant, file.formatted("read")).at("/keys/created/0/key").asText();
        tenant.as(key).get("/v1/rules").expect(200);
        tenant.as(key).post("/v1/rules", "{\"name\":\"R\"}").expect(403);
        tenant.as(key).put("/v1/config", file.formatted("everything")).expect(403);

        assertThat(put(tenant, file.formatted("rules"))
                        .at("/keys/changed/0/name")
                        .asText())
                .isEqualTo("CI");
        tenant.as(key).post("/v1/rules", "{\"name\":\"R\"}").expect(201);
        assertThatNothingChanged(put(tenant, "keys: [{name: CI}]"));

        String ending = tenant.post("/v1/keys", "{\"name\":\"E\",\"expiresAt\":\"2999-01-01T00:00:00.000Z\"}")
                .expect(201)
                .at("/key");
        tenant.as(ending).put("/v1/config", "keys: [{name: Endless}]").expect(422);
        assertThat(tenant.get("/v1/keys").text()).doesNotContain("Endless");
    }

    @Test
    void aFileRemovesNeitherPhonesNorKeysBecauseItCouldNotBringThemBack() {
        String phone = tenant.post("/v1/devices", "{\"name\":\"P\"}").at("/token");

        put(tenant, "devices: []\nkeys: []");

        tenant.as(phone).post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        tenant.get("/v1/rules").expect(200);
    }

    @Test
    void noMoreThanTheLimitOfPhonesAndKeysIsMadeByAFile() {
        RunningBridge.NewTenant small = bridge.newTenant("{\"name\":\"S\",\"limits\":{\"devices\":1,\"keys\":2}}");

        assertThat(small.api()
                        .put("/v1/config", "devices: [{name: A}, {name: B}]")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("devices");
        put(small.api(), "devices: [{name: A}]\nkeys: [{name: A}]");
        assertThat(small.api()
                        .put("/v1/config", "devices: [{name: B}]")
                        .expect(422)
                        .at("/errors/0/message"))
                .contains("limit devices");
        assertThat(small.api()
                        .put("/v1/config", "keys: [{name: B}]")
                        .expect(422)
                        .at("/errors/0/message"))
                .contains("limit keys");
    }

    @Test
    void onlyAFileSaysByTrueThatThereIsASecret() {
        String id = tenant.connection("https://a.example.com/", "\"secret\":\"" + SECRET + "\"");
        String body = "{\"name\":\"X\",\"outboundUrl\":\"https://a.example.com/\",\"secret\":true}";

        assertThat(tenant.put("/v1/connections/" + id, body).expect(422).at("/errors/0/field"))
                .isEqualTo("secret");
        assertThat(tenant.post("/v1/devices", "{\"name\":\"P\",\"signingKey\":true}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("signingKey");
        put(tenant, "connections: [" + body.replace("\"name\"", "\"id\":\"" + id + "\",\"name\"") + "]");
        assertThat(tenant.get("/v1/connections/" + id).at("/signing")).isEqualTo("true");
    }
}
