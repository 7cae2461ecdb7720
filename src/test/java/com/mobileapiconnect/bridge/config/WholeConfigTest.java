package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file has all that a tenant can set, and goes back, or into another tenant, without losing anything in silence. */
@OnBothDatabases
class WholeConfigTest extends ConfigSuite {

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
}
