package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file is a connector: found at the start and while the bridge runs, usable by a connection, its outcome kept. */
class KameletConnectorsTest extends LedgerSuite {

    @Test
    void theCatalogueListsAFileAndLeavesABrokenOneAside() {
        JsonNode file = connector("ledger");
        assertThat(file.get("kind").asText()).isEqualTo("file");
        assertThat(file.get("title").asText()).isEqualTo("The ledger");
        assertThat(file.get("needs")).isEmpty();
        assertThat(file.at("/properties/properties/pin/format").asText()).isEqualTo("password");
        assertThat(connector("broken")).isNull();
        assertThat(connector("webhook").get("kind").asText()).isEqualTo("product");
        assertThat(connector("webhook").at("/needs/0").asText()).isEqualTo("outboundUrl");
    }

    @Test
    void theOperatorIsToldWhatIsWrongWithAFileAtWhichLine() {
        assertThat(file("ledger").at("/status").asText()).isEqualTo("used");
        assertThat(file("ledger").at("/errors")).isEmpty();
        JsonNode broken = file("broken");
        assertThat(broken.at("/status").asText()).isEqualTo("left-aside");
        assertThat(broken.at("/errors/0/message").asText()).isEqualTo("kind has to be Kamelet");
        assertThat(broken.at("/errors/0/line").asInt()).isEqualTo(2);
        assertThat(broken.at("/at").asText()).endsWith("Z");
        assertThat(file("No_Name").at("/status").asText()).isEqualTo("left-aside");
        assertThat(file("No_Name").at("/errors/0/message").asText()).contains("a-z, 0-9 and -");
        assertThat(file("webhook").isMissingNode()).isTrue();
        bridge.tenant().get("/v1/connectors/files").expect(403);
        Api.Reply first = bridge.operator().get("/v1/connectors/files?limit=1").expect(200);
        assertThat(bridge.operator()
                        .get("/v1/connectors/files?limit=1&cursor=" + first.at("/next"))
                        .expect(200)
                        .at("/data/0/file"))
                .isNotEqualTo(first.at("/data/0/file"));
    }

    @Test
    void aDeliveryIsMappedWrittenAndKnowsItsRecord() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String id = connection(
                tenant.api(),
                "ledger",
                "{\"book\":\"sales\",\"pin\":\"1234-5678\",\"fields\":{\"note\":\"{{text}}\",\"from\":\"{{from}}\","
                        + "\"day\":{\"value\":\"{{receivedAt}}\",\"as\":\"date\"},\"n\":{\"value\":7,\"as\":\"integer\"}}}");
        JsonNode delivery = delivery(tenant.api(), sms(tenant, "hello"), "delivered");

        String key = delivery.get("id").asText();
        assertThat(delivery.get("externalId").asText()).isEqualTo("LEDGER-" + key);
        assertThat(delivery.get("externalUrl").asText()).isEqualTo("https://ledger.example.com/LEDGER-" + key);
        var write = ledger.writes.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
        assertThat(write.fields().toString())
                .startsWith("{\"note\":\"hello\",\"from\":\"919876543210\",\"day\":\"20")
                .endsWith("\"n\":7}");
        assertThat(write.connection().secret("pin").reveal()).isEqualTo("1234-5678");
        assertThat(tenant.api().get("/v1/connections/" + id).text())
                .contains("\"pin\":true")
                .doesNotContain("1234-5678");
    }

    @Test
    void aDefaultOfTheFileHoldsForAPropertyThatWasLeftOut() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "ledger", "{\"book\":\"sales\"}");
        delivery(tenant.api(), sms(tenant, "by default"), "delivered");
        assertThat(ledger.records).containsValue("by default");
    }

    @Test
    void whatTheSystemRefusesFailsAtOnceInItsOwnWordsAndCanBeReplayed() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "ledger", "{\"book\":\"sales\"}");
        JsonNode delivery = delivery(tenant.api(), sms(tenant, "refused"), "failed");

        assertThat(delivery.get("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.get("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo("The account is closed");
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("system");
        tenant.api()
                .post("/v1/deliveries/" + delivery.get("id").asText() + "/retry")
                .expect(202);
    }

    @Test
    void afterALostAnswerTheNextAttemptIsToldToAskFirst() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "ledger", "{\"book\":\"sales\"}");
        JsonNode delivery = delivery(tenant.api(), sms(tenant, "lost"), "delivered");

        assertThat(delivery.get("attempts")).hasSize(2);
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("unknown");
        assertThat(ledger.asked).contains(delivery.get("id").asText());
    }

    @Test
    void aValueThatCannotBeConvertedFailsTheDeliveryNamingTheField() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(
                tenant.api(),
                "ledger",
                "{\"book\":\"sales\",\"fields\":{\"amount\":{\"value\":\"{{text}}\",\"as\":\"number\"}}}");
        JsonNode delivery = delivery(tenant.api(), sms(tenant, "a lot"), "failed");

        assertThat(delivery.get("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("mapping");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("amount").doesNotContain("a lot");
    }

    @Test
    void anUnknownNameInAMappingIsRefusedNamingItsField() {
        Api tenant = bridge.newTenant().api();
        Api.Reply reply = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"C\",\"connector\":\"ledger\",\"properties\":{\"book\":\"b\",\"fields\":{\"a\":\"{{nope}}\","
                                + "\"b\":{\"c\":{\"value\":\"{{from}}\",\"as\":\"colour\"}}}}}")
                .expect(422);
        assertThat(reply.at("/errors/0/field")).isEqualTo("properties.fields.a");
        assertThat(reply.at("/errors/0/message")).contains("{{nope}}").contains("matchedRuleId");
        assertThat(reply.at("/errors/1/field")).isEqualTo("properties.fields.b.c");
    }

    @Test
    void aGroupOfTheRulesExpressionIsAValue() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String id = connection(
                tenant.api(),
                "ledger",
                "{\"book\":\"sales\",\"fields\":{\"note\":\"order {{match.1}} {{match.7}}!\"}}");
        tenant.api()
                .post(
                        "/v1/rules",
                        "{\"name\":\"R\",\"when\":{\"field\":\"text\",\"op\":\"regex\",\"value\":\"order ([0-9]+)\"},"
                                + "\"then\":[{\"type\":\"connection\",\"id\":\"" + id + "\"}]}")
                .expect(201);
        delivery(tenant.api(), sms(tenant, "my order 4711 please"), "delivered");
        assertThat(ledger.records).containsValue("order 4711 !");
    }

    @Test
    void aFileDecidesItselfBySteps() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "decides", "{}");

        JsonNode done = delivery(tenant.api(), sms(tenant, "yes"), "delivered");
        assertThat(done.get("externalId").asText()).isEqualTo("77");
        assertThat(done.get("externalUrl").asText()).isEqualTo("https://books.example.com/77");
        JsonNode rejected = delivery(tenant.api(), sms(tenant, "no"), "failed");
        assertThat(rejected.get("reason").asText()).isEqualTo("rejected");
        assertThat(rejected.at("/attempts/0/error").asText()).isEqualTo("The book is closed");
        String later = sms(tenant, "later");
        within(20, () -> assertThat(
                        tenant.api().get("/v1/deliveries?messageId=" + later).at("/data/0/attempts/0/error"))
                .isEqualTo("Closed at night"));
    }

    @Test
    void aPropertyInAStepThatDecidesIsItsValue() {
        KameletFiles.save(
                connectors,
                "told",
                KameletFiles.kamelet(
                        "told", "properties: {q: {title: Q, type: string}, u: {title: U, type: string}}", """
                        - choice:
                            when:
                              - simple: "${exchangeProperty.message.text} == 'no'"
                                steps:
                                  - to: "outbox:reject?reason=Refused: {{q}}!"
                            otherwise:
                              steps:
                                - to: {uri: "outbox:done", parameters: {externalId: "{{q}}", externalUrl: "{{u}}"}}
                        """));
        within(
                20,
                () -> assertThat(connector("told")).as(file("told").toString()).isNotNull());
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "told", "{\"q\":\"a ${body} & b\",\"u\":\"https://erp.example.com/?id=7\"}");

        JsonNode done = delivery(tenant.api(), sms(tenant, "yes"), "delivered");
        assertThat(done.get("externalId").asText()).isEqualTo("a ${body} & b");
        assertThat(done.get("externalUrl").asText()).isEqualTo("https://erp.example.com/?id=7");
        assertThat(delivery(tenant.api(), sms(tenant, "no"), "failed")
                        .at("/attempts/0/error")
                        .asText())
                .isEqualTo("Refused: a ${body} & b!");
    }

    @Test
    void aFileThatIsAddedOrChangedWhileTheBridgeRunsIsTakenAndABrokenChangeLeavesWhatRan() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String added = KameletFiles.kamelet("added", "properties: {}", "- to: outbox:done?externalId=1");
        KameletFiles.save(connectors, "added", added);
        within(20, () -> assertThat(connector("added")).isNotNull());
        connection(tenant.api(), "added", "{}");
        assertThat(delivery(tenant.api(), sms(tenant, "a"), "delivered")
                        .get("externalId")
                        .asText())
                .isEqualTo("1");

        KameletFiles.save(connectors, "added", added.replace("externalId=1", "externalId=2"));
        within(20, () -> assertThat(delivery(tenant.api(), sms(tenant, "b"), "delivered")
                        .get("externalId")
                        .asText())
                .isEqualTo("2"));

        KameletFiles.save(connectors, "added", added.replace("outbox:done", "outbux:done"));
        within(20, () -> assertThat(file("added").at("/status").asText()).isEqualTo("outdated"));
        assertThat(file("added").at("/errors/0/message").asText()).contains("outbux");
        assertThat(file("added").at("/errors/0/line").asInt()).isEqualTo((int)
                added.substring(0, added.indexOf("outbox:done")).lines().count());
        assertThat(delivery(tenant.api(), sms(tenant, "c"), "delivered")
                        .get("externalId")
                        .asText())
                .isEqualTo("2");

        KameletFiles.save(connectors, "added", added);
        within(20, () -> assertThat(file("added").at("/status").asText()).isEqualTo("used"));
        assertThat(file("added").at("/errors")).isEmpty();
    }

    @Test
    void aConnectionThatLacksWhatItsFileHasComeToRequireIsToldSo() {
        String before = KameletFiles.kamelet(
                "grown", "properties: {branch: {title: Branch, type: string}}", "- to: outbox:done?externalId=1");
        KameletFiles.save(connectors, "grown", before);
        within(20, () -> assertThat(connector("grown")).isNotNull());
        RunningBridge.NewTenant tenant = bridge.newTenant();
        connection(tenant.api(), "grown", "{}");
        delivery(tenant.api(), sms(tenant, "before"), "delivered");

        KameletFiles.save(connectors, "grown", before.replace("properties:", "required: [branch]\n    properties:"));
        within(20, () -> assertThat(connector("grown").at("/properties/required"))
                .hasSize(1));

        String message = sms(tenant, "after");
        within(20, () -> assertThat(
                        tenant.api().get("/v1/deliveries?messageId=" + message).at("/data/0/attempts/0/error"))
                .contains("needs the property branch by now"));
    }

    @Test
    void unknownOrMissingPropertiesAreNamed() {
        Api tenant = bridge.newTenant().api();
        Api.Reply reply = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"C\",\"connector\":\"ledger\",\"properties\":{\"bok\":\"b\"},\"outboundUrl\":\"https://a.example\"}")
                .expect(422);
        assertThat(reply.text())
                .contains("properties.bok")
                .contains("properties.book")
                .contains("outboundUrl");
    }

    /** The documents call the first database erp themselves. */
    @Test
    void aDatabaseMayHaveTheNameOfAComponentOrLanguage() {
        List<String> names = List.of("erp", "kamelet", "fields", "rule", "simple", "log");
        Api operator = bridge.operator();
        names.forEach(name -> operator.put(
                        "/v1/resources/" + name + "?check=false",
                        "{\"kind\":\"database\",\"url\":\"jdbc:postgresql://127.0.0.1:9/erp\",\"tenants\":\"all\"}")
                .expect(200));
        try {
            KameletFiles.save(
                    connectors, "beside", KameletFiles.kamelet("beside", "properties: {fields: {type: object}}", """
                            - to: log:beside
                            - setProperty: {name: map, simple: "${body}"}
                            - setBody: {language: {language: fields, expression: '{"note": "${text}"}'}}
                            - to: erp:ledger
                            """));
            within(20, () -> assertThat(connector("beside")).isNotNull());
            RunningBridge.NewTenant tenant = bridge.newTenant();
            String id = connection(tenant.api(), "beside", "{\"fields\":{\"note\":\"n\"}}");
            delivery(tenant.api(), sms(tenant, "beside databases"), "delivered");
            route("beside", "outbox:for/" + id, "{uri: 'kamelet:ledger', parameters: {book: b}}")
                    .expect(200, 201);
            delivery(tenant.api(), sms(tenant, "from a route"), "delivered");
            operator.delete("/v1/routes/beside").expect(204);
        } finally {
            names.forEach(name -> operator.delete("/v1/resources/" + name).expect(204));
        }
    }

    private static Api.Reply route(String name, String from, String step) {
        String yaml = "- route:\n    id: " + name + "\n    from:\n      uri: " + from + "\n      steps:\n        - to: "
                + step + "\n";
        return bridge.operator()
                .send(bridge.operator()
                        .request("/v1/routes/" + name)
                        .header("Content-Type", "application/yaml")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(yaml)));
    }

    @Test
    void aHandWrittenRouteCallsAConnectorWithPropertiesThatStayValues() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String id = tenant.api()
                .post("/v1/connections", "{\"name\":\"W\",\"outboundUrl\":\"http://127.0.0.1:9/\"}")
                .expect(201)
                .at("/id");
        route(
                        "by-hand",
                        "outbox:for/" + id,
                        "{uri: 'kamelet:ledger', parameters: {book: 'sales book', pin: '1#bean:y'}}")
                .expect(200, 201);
        JsonNode delivery = delivery(tenant.api(), sms(tenant, "by hand"), "delivered");

        assertThat(delivery.get("externalId").asText()).startsWith("LEDGER-");
        var write = ledger.writes.stream()
                .filter(each -> each.key().equals(delivery.get("id").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(write.connection().text("book")).isEqualTo("sales book");
        assertThat(write.connection().secret("pin").reveal()).isEqualTo("1#bean:y");
        assertThat(write.fields().toString()).isEqualTo("{\"note\":\"by hand\"}");
    }

    @Test
    void aHandWrittenRouteIsRefusedForAConnectorOrPropertyThatThereIsNot() {
        assertThat(route("wrong", "direct:wrong", "kamelet:leger").expect(422).text())
                .contains("There is no connector leger; did you mean kamelet:ledger?", "\"line\":6");
        assertThat(route("wrong", "direct:wrong", "kamelet:ledger?bok=sales")
                        .expect(422)
                        .text())
                .contains("book must be given", "bok is unknown");
    }
}
