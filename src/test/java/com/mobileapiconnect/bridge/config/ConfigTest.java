package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTest extends SharedBridgeSuite {

    private Api tenant;

    @BeforeEach
    void aTenantWithAConnectionAndARule() {
        tenant = newTenant();
        String connection = tenant.post("/v1/connections", """
                        {"name":"SAP","outboundUrl":"https://erp.example.com/sms","secret":"whsec_0123456789abcdef",
                         "when":{"field":"receivedAt","op":"between","value":{"from":"09:00","to":"18:00","zone":"UTC"}}}""").expect(201).at("/id");
        tenant.post("/v1/rules", """
                        {"name":"Balance","priority":10,"when":{"field":"from","op":"equals","value":"1900"},
                         "then":[{"type":"connection","id":"%s"},{"type":"reply","text":"Hi {{from}}:\\n{{text}}"},
                         {"type":"webhook","url":"https://erp.example.com/x","secret":"whsec_fedcba9876543210"}]}""".formatted(connection)).expect(201);
    }

    private Api newTenant() {
        return bridge.newTenant("{\"name\":\"Acme Corp\"}").api();
    }

    private String export() {
        Api.Reply file = tenant.get("/v1/config").expect(200);
        assertThat(file.header("Content-Type")).startsWith("application/yaml");
        return file.text();
    }

    private static String summary(JsonNode part) {
        return part.path("created").size() + " " + part.path("changed").size() + " "
                + part.path("removed").size() + " " + part.path("unchanged");
    }

    @Test
    void theFileHasNoSecretAndChangesNothingWhenItIsPutBack() {
        String file = export();
        assertThat(file)
                .contains("name: SAP", "name: Balance", "value: '1900'", "09:00")
                .doesNotContain("whsec_");

        JsonNode diff = tenant.put("/v1/config", file).expect(200).json();

        assertThat(summary(diff.path("connections"))).isEqualTo("0 0 0 1");
        assertThat(summary(diff.path("rules"))).isEqualTo("0 0 0 1");
        assertThat(tenant.get("/v1/rules").at("/data/0/version")).isEqualTo("1");
    }

    @Test
    void aDryRunTellsTheDifferenceAndOnlyApplyingMakesItKeepingSecrets() {
        String file = export().replace("priority: 10", "priority: 20").replace("/sms", "/sms2")
                + "  - name: New\n    when: {field: text, op: keyword, value: help}\n";

        JsonNode dry = tenant.put("/v1/config?dryRun=true", file).expect(200).json();
        assertThat(dry.path("applied").asBoolean()).isFalse();
        assertThat(summary(dry.path("rules"))).isEqualTo("1 1 0 0");
        assertThat(summary(dry.path("connections"))).isEqualTo("0 1 0 0");
        assertThat(tenant.get("/v1/rules").json().path("data")).hasSize(1);

        JsonNode done = tenant.put("/v1/config", file).expect(200).json();
        assertThat(done.path("applied").asBoolean()).isTrue();
        JsonNode rules = tenant.get("/v1/rules").json().path("data");
        assertThat(rules.findValuesAsText("name")).contains("New", "Balance");
        JsonNode balance = "Balance".equals(rules.get(0).path("name").asText()) ? rules.get(0) : rules.get(1);
        assertThat(balance.path("priority").asInt()).isEqualTo(20);
        assertThat(balance.at("/then/2/signing").asBoolean()).isTrue();
        JsonNode connection = tenant.get("/v1/connections").json().at("/data/0");
        assertThat(connection.path("outboundUrl").asText()).endsWith("/sms2");
        assertThat(connection.path("signing").asBoolean()).isTrue();
        assertThat(tenant.get("/v1/audit").json().findValuesAsText("action")).contains("config.apply");
    }

    private static List<String> values(JsonNode changed) {
        List<String> values = new ArrayList<>();
        changed.path("changes")
                .forEach(value -> values.add(
                        value.path("field").asText() + ": " + value.path("before") + " > " + value.path("after")));
        return values;
    }

    @Test
    void aDryRunTellsEachValueThatChangesAndNoSecret() {
        tenant.put("/v1/opt-outs/words", "{\"optOutWords\":[\"no\"]}");
        tenant.post("/v1/devices", "{\"name\":\"Desk\",\"number\":\"911234500000\"}")
                .expect(201);
        tenant.post("/v1/keys", "{\"name\":\"CI\",\"scopes\":[\"read\"]}").expect(201);
        String file = export();
        String wanted = file.replace("priority: 10", "priority: 20")
                .replace("/sms", "/sms2")
                .replace("value: '1900'", "value: '1800'")
                .replace("number: '911234500000'", "number: '911234511111'")
                .replace("- read", "- read\n      - rules")
                .replace("secret: true", "secret: whsec_fedcba9876543210");
        JsonNode dry = tenant.put("/v1/config?dryRun=true", wanted).expect(200).json();

        assertThat(values(dry.at("/connections/changed/0")))
                .contains("secret: true > true")
                .anyMatch(value -> value.matches("outboundUrl: \".*/sms\" > \".*/sms2\""));
        assertThat(values(dry.at("/rules/changed/0")))
                .contains("priority: 10 > 20", "then[2].secret: true > true")
                .anyMatch(value -> value.startsWith("when.") && value.endsWith(": \"1900\" > \"1800\""));
        assertThat(values(dry.at("/devices/changed/0"))).contains("number: \"911234500000\" > \"911234511111\"");
        assertThat(values(dry.at("/keys/changed/0"))).containsExactly("scopes[1]: null > \"rules\"");
        assertThat(dry.path("changesLeftOut").asInt()).isZero();
        assertThat(dry.toString()).doesNotContain("whsec_");

        JsonNode done = tenant.put("/v1/config", wanted).expect(200).json();
        assertThat(done.findValues("changes")).as("only a dry run tells").isEmpty();
        assertThat(values(tenant.put("/v1/config?dryRun=true", wanted).json().at("/rules/changed/0")))
                .isEmpty();
    }

    @Test
    void aFileThatGivesNothingButAnotherSecretOfTheCallsChangesTheConnection() {
        String withToken = export().replace("http: null", "http: {auth: {type: bearer, token: %s}}");
        assertThat(summary(tenant.put("/v1/config", withToken.formatted("first"))
                        .expect(200)
                        .json()
                        .path("connections")))
                .isEqualTo("0 1 0 0");

        assertThat(summary(tenant.put("/v1/config", withToken.formatted("second"))
                        .expect(200)
                        .json()
                        .path("connections")))
                .isEqualTo("0 1 0 0");
        assertThat(summary(tenant.put("/v1/config", export()).expect(200).json().path("connections")))
                .isEqualTo("0 0 0 1");
    }

    @Test
    void whatTheFileDoesNotNameIsRemovedAndAPartThatItLeavesOutStays() {
        JsonNode diff = tenant.put("/v1/config", "rules: []").expect(200).json();

        assertThat(summary(diff.path("rules"))).isEqualTo("0 0 1 0");
        assertThat(summary(diff.path("connections"))).isEqualTo("0 0 0 1");
        assertThat(tenant.get("/v1/rules").json().path("data")).isEmpty();
        assertThat(tenant.get("/v1/connections").json().path("data")).hasSize(1);
    }

    @Test
    void anotherTenantGetsTheSameUnderIdsOfItsOwn() {
        String file = export();
        Api other = newTenant();

        assertThat(summary(other.put("/v1/config", file).expect(200).json().path("rules")))
                .isEqualTo("1 0 0 0");
        String connection = other.get("/v1/connections").at("/data/0/id");
        assertThat(file).doesNotContain(connection);
        assertThat(other.get("/v1/rules").at("/data/0/then/0/id")).isEqualTo(connection);
        JsonNode again = other.put("/v1/config", file).expect(200).json();
        assertThat(summary(again.path("connections"))).isEqualTo("0 0 0 1");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'connections: [{name: X}]' -> connections[0].outboundUrl",
                "'rules: [{name: X, then: [{type: reply, text: \"{{who}}\"}]}]' -> rules[0].then[0].text",
                "'rules: [{name: X, then: [{type: connection, id: con_gone}]}]' -> rules[0].then[0].id",
                "'rules: [{name: X, when: {field: from, op: equals, value: true}}]' -> rules[0].when.value",
                "'rulez: []' -> rulez",
                "'version: 2' -> version",
            })
    void whatIsWrongIsNamedAndNothingIsChanged(String file, String field) {
        String before = export();
        assertThat(tenant.put("/v1/config", file).expect(422).at("/errors/0/field"))
                .isEqualTo(field);
        assertThat(export()).isEqualTo(before);
    }

    @Test
    void aNumberWithoutQuotesIsTheTextThatItIsWrittenAs() {
        tenant.put("/v1/config", """
                        connections:
                          - {name: 0049, outboundUrl: "https://erp.example.com", secret: 12345678901234567890,
                             http: {headers: {X-Key: 1e3}, auth: {type: basic, username: 007, password: 1_000}}}
                        rules:
                          - name: 1900
                            priority: 7
                            when: {any: [{field: from, op: equals, value: 1900}, {field: sim, op: equals, value: 1}]}
                            then: [{type: reply, text: 12:30, maxSegments: 2}]
                        """).expect(200);

        JsonNode rule = tenant.get("/v1/rules").json().at("/data/0");
        assertThat(rule.path("name").asText()).isEqualTo("1900");
        assertThat(rule.path("priority").isInt()).isTrue();
        assertThat(rule.at("/when/any/0/value")).isEqualTo(TextNode.valueOf("1900"));
        assertThat(rule.at("/when/any/1/value").isInt()).isTrue();
        assertThat(rule.at("/then/0/text").asText()).isEqualTo("12:30");
        assertThat(tenant.get("/v1/connections").at("/data/0/name")).isEqualTo("0049");
        assertThat(export())
                .contains("name: '0049'", "name: '1900'", "username: '007'", "priority: 7", "text: '12:30'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'rules: [{name: true}]' -> rules[0].name",
                "'connections: [{name: false, outboundUrl: \"https://a.example\"}]' -> connections[0].name",
                "'rules: [{name: X, when: {field: text, op: equals, value: false}}]' -> rules[0].when.value",
                "'rules: [{name: X, when: {field: text, op: in, value: [a, null]}}]' -> rules[0].when.value[1]",
                "'rules: [{name: X, then: [{type: reply, text: true}]}]' -> rules[0].then[0].text",
            })
    void whatYamlTakesForNoTextIsRefusedWithAWordAboutQuotes(String file, String field) {
        JsonNode error = tenant.put("/v1/config", file).expect(422).json().at("/errors/0");
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("message").asText()).contains("put it in quotes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'a: [' -> 400",
                "'- x' -> 400",
                "'' -> 400",
                "'a: &a [1]\nrules: *a' -> 400",
                "'rules: []\nrules: []' -> 400",
                "'? [a]\n: b' -> 400",
                "'rules: !!java/object []' -> 400",
                "'rules: []\n---\nrules: []' -> 400",
            })
    void whatIsNoFileIsRefused(String file, int status) {
        tenant.put("/v1/config", file).expect(status);
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("more bytes than a file may have", "#".repeat(1 << 20) + "\nrules: []", 413),
                Arguments.of("more values", "rules: [" + "0,".repeat(60_000) + "0]", 413),
                Arguments.of("a number without end", "version: " + "9".repeat(1_000_000), 400),
                Arguments.of("a nest without bottom", "rules: " + "[".repeat(500_000), 400),
                Arguments.of("lists in lists", "- ".repeat(500_000), 400),
                Arguments.of("an anchor for each value", "rules: [" + "&a 0, ".repeat(60_000) + "0]", 413));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    @Timeout(120)
    void aFileThatWouldTakeMoreThanItsBytesIsRefused(String what, String file, int status) {
        String before = export();
        tenant.put("/v1/config", file).expect(status);
        assertThat(export()).isEqualTo(before);
    }

    @Test
    @Timeout(120)
    void longCommentsAndTextsAreReadInNoTime() {
        String comment = "#".repeat(500_000) + "\n";
        tenant.put("/v1/config", comment + "rules: [{name: \"" + "x".repeat(500_000) + "\"}]")
                .expect(422);
    }

    @Test
    void whatAFileSaysIsReadAsYamlSaysIt() {
        tenant.put("/v1/config", """
                        rules:
                          - name: &n NO
                            priority: 10 # a comment
                            "enabled": false
                            when: {field: text, op: in, value: [18:00, "7", *n, '''', ~, !!str 5]}
                          - {name: "\\u00e9", priority: !!int "11", when: null, then: }
                        """).expect(200);

        JsonNode rules = tenant.get("/v1/rules").json().path("data");
        assertThat(rules.findValuesAsText("name")).containsExactlyInAnyOrder("NO", "é");
        assertThat(rules.findValuesAsText("priority")).containsExactlyInAnyOrder("10", "11");
        assertThat(rules.findValues("value").get(0))
                .extracting(JsonNode::asText)
                .containsExactly("18:00", "7", "NO", "'", "~", "5");
    }
}
