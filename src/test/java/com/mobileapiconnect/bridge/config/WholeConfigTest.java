package com.mobileapiconnect.bridge.config;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file has all that a tenant can set, and goes back, or into another tenant, without losing anything in silence. */
@OnBothDatabases
class WholeConfigTest {

    private static final List<String> PARTS =
            Arrays.stream(Part.values()).map(Part::wireName).toList();
    private static final String SECRET = "whsec_0123456789abcdef";

    private static RunningBridge bridge;

    private Api tenant;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void aTenant() {
        tenant = bridge.newTenant().api();
    }

    private static String export(Api from) {
        return from.get("/v1/config").expect(200).text();
    }

    private static JsonNode put(Api to, String file) {
        return to.put("/v1/config", file).expect(200).json();
    }

    private static void assertThatNothingChanged(JsonNode answer) {
        assertThat(PARTS).allSatisfy(part -> assertThat(
                        answer.at("/" + part + "/created").size()
                                + answer.at("/" + part + "/changed").size()
                                + answer.at("/" + part + "/removed").size())
                .as(part + " of " + answer)
                .isZero());
    }

    private static List<String> lacking(JsonNode answer) {
        return answer.path("needsSecret").findValuesAsText("field");
    }

    @Test
    void theFileOfAnEmptyTenantGoesBackAndHasNoAliases() {
        String file = export(tenant);

        assertThat(file).contains("connections: []", "rules: []", "devices: []").doesNotContain("&", "*");
        assertThatNothingChanged(put(tenant, file));
        assertThat(tenant.get("/v1/audit").text()).doesNotContain("config.apply");
        assertThat(tenant.get("/v1/webhooks").at("/version")).isEqualTo("0");

        Api other = bridge.newTenant().api();
        assertThatNothingChanged(put(other, file));
        assertThat(export(other)).isEqualTo(file);
    }

    @Test
    void theFileOfAFullTenantHasEveryPartAndNoSecretAndChangesNothingWhenItIsPutBack() {
        FullTenant.make(tenant);
        Api.Reply file = tenant.get("/v1/config").expect(200);
        assertThat(file.text())
                .contains(
                        "https://all.example.com/",
                        "https://ops.example.com/",
                        "'21:00'",
                        "- raus",
                        "name: Front desk",
                        "authToken: true",
                        "name: CI",
                        "name: SAP",
                        "name: Balance")
                .doesNotContain("whsec_", "a token", "the app's own", "password: p", "X-Key: k", "dvt_", "sk_live");

        JsonNode answer = put(tenant, file.text());

        assertThatNothingChanged(answer);
        assertThat(answer.path("needsSecret")).isEmpty();
        assertThat(tenant.get("/v1/config").header("ETag")).isEqualTo(file.header("ETag"));
        assertThat(tenant.get("/v1/audit").text()).doesNotContain("config.apply");
    }

    @Test
    void anEmptyTenantBecomesTheSameByTheFileOfAFullOneAndStaysItWhenTheFileIsPutAgain() {
        FullTenant.make(tenant);
        String file = export(tenant);
        Api other = bridge.newTenant().api();

        JsonNode answer = put(other, file);
        assertThat(lacking(answer)).hasSize(FullTenant.SECRETS);

        String same = export(other);
        assertThat(FullTenant.withoutIds(same)).isEqualTo(FullTenant.withoutIds(file));
        for (String again : List.of(file, same)) {
            JsonNode repeated = put(other, again);
            assertThatNothingChanged(repeated);
            assertThat(lacking(repeated)).hasSize(FullTenant.SECRETS);
        }
        assertThat(export(other)).isEqualTo(same);
    }

    @Test
    void whatAFileCannotHaveIsListedWithItsOwner() {
        FullTenant.make(tenant);
        JsonNode answer = put(bridge.newTenant().api(), export(tenant));

        assertThat(lacking(answer))
                .containsExactlyInAnyOrder(
                        "webhook.secret",
                        "operations.secret",
                        "devices[0].signingKey",
                        "devices[1].transport.authToken",
                        "connections[0].secret",
                        "connections[0].http.headers.X-Key",
                        "connections[0].http.headers.X-Other.Key",
                        "connections[0].http.auth.password",
                        "connections[1].http.auth.clientSecret",
                        "rules[0].then[3].secret");
        JsonNode ofTheRule = StreamSupport.stream(answer.path("needsSecret").spliterator(), false)
                .filter(need -> need.path("field").asText().startsWith("rules"))
                .findFirst()
                .orElseThrow();
        assertThat(ofTheRule.path("name").asText()).isEqualTo("Balance");
        assertThat(ofTheRule.path("id").asText()).startsWith("rule_");
    }

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
    void aPhoneIsFoundByItsIdOtherwiseByItsName() {
        JsonNode made = tenant.post("/v1/devices", "{\"name\":\"A\",\"number\":\"1\",\"outbox\":true}")
                .json();
        String id = made.path("id").asText();

        put(tenant, "devices: [{id: %s, name: B, number: 0049123}]".formatted(id));
        JsonNode renamed = tenant.get("/v1/devices/" + id).json();
        assertThat(renamed.path("name").asText()).isEqualTo("B");
        assertThat(renamed.path("number").asText()).isEqualTo("0049123");
        assertThat(renamed.path("outbox").asBoolean())
                .as("left out, so the default")
                .isFalse();

        assertThat(put(tenant, "devices: [{name: B, zone: UTC}]")
                        .at("/devices/changed/0/id")
                        .asText())
                .isEqualTo(id);
        tenant.as(made.path("token").asText())
                .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                .expect(202);
    }

    @Test
    void conditionsNameThePhonesThatTheyMeantElsewhereToo() {
        FullTenant.make(tenant);
        Api other = bridge.newTenant().api();
        put(other, export(tenant));
        String phone = other.get("/v1/devices").json().findValuesAsText("id").get(1);

        JsonNode rules = other.get("/v1/rules").json().path("data");
        assertThat(rules.findValues("when").toString()).contains(phone);
        assertThat(other.get("/v1/connections").text())
                .contains("[\"" + phone + "\",\"dev_of_nobody\"]")
                .doesNotContain(
                        tenant.get("/v1/devices").json().findValuesAsText("id").get(1));
    }

    @Test
    void aWebhookIsSetAndTurnedOffByTheFileAndStaysWhereTheFileHasNone() {
        assertThat(put(tenant, "webhook: {url: 'https://a.example.com/', secret: " + SECRET + "}")
                        .at("/webhook/created/0/id")
                        .asText())
                .isEqualTo("webhook");
        put(tenant, "rules: []");
        assertThat(tenant.get("/v1/webhooks").at("/enabled")).isEqualTo("true");

        put(tenant, "webhook: {enabled: false}");

        assertThat(tenant.get("/v1/webhooks").at("/enabled")).isEqualTo("false");
        assertThat(tenant.get("/v1/webhooks").at("/signing"))
                .as("secrets are kept")
                .isEqualTo("true");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "webhook: 7 -> webhook",
                "webhook: {enabled: true} -> webhook.url",
                "webhook: {url: 'https://a.example.com/', secret: short} -> webhook.secret",
                "operations: [] -> operations",
                "operations: {url: 'ftp://a'} -> operations.url",
                "guards: [] -> guards",
                "guards: {quiet: x} -> guards.quiet",
                "guards: {quietHours: {from: '9', to: '10:00', zone: UTC}} -> guards.quietHours.from",
                "guards: {help: {}} -> guards.help.text",
                "guards: {languages: [xx]} -> guards.languages[0]",
                "guards: {optInWords: [STOP]} -> guards.optInWords[0]",
                "devices: {} -> devices",
                "devices: [7] -> devices[0]",
                "devices: [{number: '1'}] -> devices[0].name",
                "devices: [{name: X, token: dvt_0}] -> devices[0].token",
                "devices: [{name: X, adapter: none}] -> devices[0].adapter",
                "devices: [{name: X, sims: {a: '1'}}] -> devices[0].sims.a",
                "devices: [{name: X, adapter: kannel, signingKey: true}] -> devices[0].signingKey",
                "devices: [{name: X, transport: {type: twilio, accountSid: a}}] -> devices[0].transport.authToken",
                "keys: [{}] -> keys[0].name",
                "keys: [{name: X, key: sk_live_0}] -> keys[0].key",
                "keys: [{name: X, scopes: []}] -> keys[0].scopes",
                "keys: [{name: X, scopes: [all]}] -> keys[0].scopes[0]",
                "keys: [{name: X, expiresAt: '2001-01-01T00:00:00Z'}] -> keys[0].expiresAt",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', secret: false}] -> connections[0].secret",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', http: {auth: {type: bearer}}}]"
                        + " -> connections[0].http.auth.token",
            })
    void whatIsWrongIsNamedAndNothingIsChanged(String file, String field) {
        String before = export(tenant);
        assertThat(tenant.put("/v1/config", "rules: [{name: New}]\n" + file)
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo(field);
        assertThat(export(tenant)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook.secret",
                "webhook.url",
                "webhook.http.headers.X-Key",
                "webhook.http.auth.token",
                "operations.secret",
                "guards.help.text",
                "devices[0].name",
                "devices[0].signingKey",
                "devices[0].transport.authToken",
                "keys[0].name",
                "connections[0].secret",
                "connections[0].outboundUrl",
                "connections[0].properties.password",
                "connections[0].when.value",
                "connections[0].metadata.a",
                "rules[0].name",
                "rules[0].then[0].text",
                "rules[0].then[0].secret",
                "rules[0].when.all[0].value[1]",
                "version",
            })
    void noFileThatComesOverHttpReadsTheEnvironmentOrFilesOfTheProcess(String field) {
        for (String asked : List.of("${env:PATH}", "x${env:HOME}y", "${file:/etc/passwd}")) {
            JsonNode error = tenant.put("/v1/config", nested(field, asked))
                    .expect(422)
                    .json()
                    .at("/errors/0");
            assertThat(error.path("field").asText()).isEqualTo(field);
            assertThat(error.path("message").asText())
                    .contains("BRIDGE_CONFIG_FILE")
                    .doesNotContain(System.getenv("PATH"), "root:");
        }
    }

    /** Returns a file that has nothing but this field. */
    private static String nested(String field, String value) {
        String file = "\"" + value + "\"";
        List<String> steps = new ArrayList<>(List.of(field.replace("[", ".[").split("\\.")));
        for (int i = steps.size() - 1; i >= 0; i--) {
            String step = steps.get(i);
            if (step.startsWith("[")) {
                int before = Integer.parseInt(step.substring(1, step.length() - 1));
                file = "[" + "0, ".repeat(before) + file + "]";
            } else {
                file = "{" + step + ": " + file + "}";
            }
        }
        return file;
    }

    @Test
    void aSecondDollarSignMakesAPlaceholderATextThatGoesThroughAsItIs() {
        put(
                tenant,
                "rules: [{name: '$${env:PATH} ${x} $$${file:a}', then: [{type: reply, text: '${env:} $${env:A}'}]}]"
                        .replace("${env:}", "${envy:}"));

        JsonNode rule = tenant.get("/v1/rules").json().at("/data/0");
        assertThat(rule.path("name").asText()).isEqualTo("${env:PATH} ${x} $${file:a}");
        assertThat(rule.at("/then/0/text").asText()).isEqualTo("${envy:} ${env:A}");
        assertThatNothingChanged(put(tenant, export(tenant)));
    }

    @Test
    void ofSeveralFilesAtOnceEachIsAppliedWholeAndOneOfThemStands() {
        List<String> files =
                IntStream.range(0, 6).mapToObj(i -> """
                        webhook: {url: 'https://%1$d.example.com/'}
                        guards: {optOutWords: [w%1$d]}
                        devices: [{name: P, number: '%1$d'}]
                        connections: [{name: C, outboundUrl: 'https://%1$d.example.com/'}]
                        rules: [{name: R, priority: %1$d}]
                        """.formatted(i)).toList();
        List<CompletableFuture<Api.Reply>> puts = files.stream()
                .map(file -> CompletableFuture.supplyAsync(() -> tenant.put("/v1/config", file)))
                .toList();

        assertThat(puts.stream().map(CompletableFuture::join).map(Api.Reply::status))
                .allMatch(status -> status == 200 || status == 429)
                .contains(200);
        String number = tenant.get("/v1/rules").at("/data/0/priority");
        assertThat(tenant.get("/v1/rules").json().path("data")).hasSize(1);
        assertThat(tenant.get("/v1/devices").json().path("data")).hasSize(1);
        assertThat(tenant.get("/v1/devices").at("/data/0/number")).isEqualTo(number);
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo("https://" + number + ".example.com/");
        assertThat(tenant.get("/v1/connections").json().path("data")).hasSize(1);
        assertThat(tenant.get("/v1/opt-out-words").at("/optOutWords/0")).isEqualTo("w" + number);
        tenant.deleteConnections();
    }

    @Test
    void theTagChangesWithEveryPart() {
        List<Runnable> changes = List.of(
                () -> tenant.put("/v1/webhooks", "{\"url\":\"https://a.example.com/\"}")
                        .expect(200),
                () -> tenant.put("/v1/webhooks/operations", "{\"enabled\":false}")
                        .expect(200),
                () -> tenant.put("/v1/sms-settings", "{\"help\":{\"text\":\"t\"}}")
                        .expect(200),
                () -> tenant.put("/v1/opt-out-words", "{\"optOutWords\":[\"raus\"]}")
                        .expect(200),
                () -> tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201),
                () -> tenant.post("/v1/keys", "{\"name\":\"K\"}").expect(201),
                () -> tenant.connection("https://a.example.com/", ""),
                () -> tenant.post("/v1/rules", "{\"name\":\"R\"}").expect(201));
        List<String> tags = new ArrayList<>();
        tags.add(tenant.get("/v1/config").header("ETag"));
        changes.forEach(change -> {
            change.run();
            tags.add(tenant.get("/v1/config").header("ETag"));
        });

        assertThat(tags).doesNotHaveDuplicates().hasSize(changes.size() + 1);
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
