package com.mobileapiconnect.bridge.rulebook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.icegreen.greenmail.util.GreenMail;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.MailServers;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
class RuleApiTest {

    private static final String KEYWORD = "{\"field\":\"text\",\"op\":\"keyword\",\"value\":\"%s\"}";

    private static Receiver receiver;
    private static GreenMail mail;
    private static RunningBridge bridge;

    private Api tenant;
    private Api phone;
    private int sent;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        receiver = new Receiver();
        mail = MailServers.smtp(0);
        bridge = RunningBridge.start(
                data,
                database,
                "bridge.smtp.url=smtp://127.0.0.1:" + mail.getSmtp().getPort(),
                "bridge.mail.from=bridge@example.com");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
        mail.stop();
    }

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = bridge.newTenant("{\"name\":\"Acme Corp\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    private JsonNode rule(String name, String more) {
        return tenant.post("/v1/rules", "{\"name\":\"" + name + "\"," + more + "}")
                .expect(201)
                .json();
    }

    private String rule(String name, String keyword, String more) {
        return rule(name, "\"when\":" + KEYWORD.formatted(keyword) + more)
                .path("id")
                .asText();
    }

    private JsonNode send(String text) {
        String body =
                "{\"id\":\"p-%d\",\"from\":\"919876543210\",\"text\":%s}".formatted(++sent, TextNode.valueOf(text));
        return story(phone.post("/v1/inbound", body).expect(202).at("/messages/0/id"));
    }

    private JsonNode story(String message) {
        return tenant.get("/v1/messages/" + message).expect(200).json();
    }

    @Test
    void aRuleIsMadeShownReplacedAndDeleted() {
        JsonNode made = rule("Balance", """
                "priority":10,"when":%s,"then":[{"type":"reply","text":"Hi {{from}}"},
                {"type":"email","to":["ops@example.com"],"subject":"SMS from {{from}}","text":"{{text}}"},
                {"type":"webhook","url":"https://erp.example.com/x","secret":"whsec_0123456789abcdef"}]""".formatted(KEYWORD.formatted("balance")));
        String id = made.path("id").asText();

        assertThat(id).startsWith("rule_");
        assertThat(made.at("/then/0/id").asText()).startsWith("act_");
        assertThat(made.at("/then/2/signing").asBoolean()).isTrue();
        assertThat(made.toString()).doesNotContain("0123456789abcdef");
        assertThat(tenant.get("/v1/rules/" + id).expect(200).json()).isEqualTo(made);
        assertThat(tenant.get("/v1/rules").expect(200).json().path("data").get(0))
                .isEqualTo(made);

        JsonNode put =
                tenant.put("/v1/rules/" + id, made.toString()).expect(200).json();
        assertThat(put.path("then")).isEqualTo(made.path("then"));
        assertThat(put.path("version").asInt())
                .isGreaterThan(made.path("version").asInt());

        tenant.delete("/v1/rules/" + id).expect(204);
        tenant.get("/v1/rules/" + id).expect(404);
        tenant.put("/v1/rules/" + id, made.toString()).expect(404);
    }

    @Test
    void actionsKeepTheirIdsByIdOrByPlaceAndTypeAndTheirSecretUnlessItIsGivenNull() {
        JsonNode made = rule("R", """
                "then":[{"type":"reply","text":"a"},{"type":"webhook","url":"https://erp.example.com/x",
                "secret":"whsec_0123456789abcdef"}]""");
        String path = "/v1/rules/" + made.path("id").asText();
        String reply = made.at("/then/0/id").asText();
        String webhook = made.at("/then/1/id").asText();

        JsonNode inPlace = tenant.put(path, """
                {"name":"R","then":[{"type":"reply","text":"b"},{"type":"webhook","url":"https://erp.example.com/y"}]}""").expect(200).json();
        assertThat(inPlace.at("/then/0/id").asText()).isEqualTo(reply);
        assertThat(inPlace.at("/then/1/id").asText()).isEqualTo(webhook);
        assertThat(inPlace.at("/then/1/signing").asBoolean()).isTrue();

        JsonNode moved =
                tenant.put(path, """
                {"name":"R","then":[{"type":"webhook","id":"%s","url":"https://erp.example.com/y","secret":null},
                {"type":"reply","text":"new"},{"type":"reply","id":"%s","text":"b"}]}""".formatted(webhook, reply)).expect(200).json();
        assertThat(moved.at("/then/0/id").asText()).isEqualTo(webhook);
        assertThat(moved.at("/then/0/signing").asBoolean()).isFalse();
        assertThat(moved.at("/then/1/id").asText()).isNotIn(reply, webhook);
        assertThat(moved.at("/then/2/id").asText()).isEqualTo(reply);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name",
                "{\"name\":\"R\",\"whenn\":{}} | whenn",
                "{\"name\":\"R\",\"priority\":\"high\"} | priority",
                "{\"name\":\"R\",\"when\":{\"all\":[{\"field\":\"txt\"}]}} | when.all[0].field",
                "{\"name\":\"R\",\"then\":[{\"type\":\"call\"}]} | then[0].type",
                "{\"name\":\"R\",\"then\":[{\"type\":\"reply\"}]} | then[0].text",
                "{\"name\":\"R\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi {{name}}\"}]} | then[0].text",
                "{\"name\":\"R\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi {{from\"}]} | then[0].text",
                "{\"name\":\"R\",\"then\":[{\"type\":\"reply\",\"text\":\"x\",\"maxSegments\":11}]} | then[0].maxSegments",
                "{\"name\":\"R\",\"then\":[{\"type\":\"reply\",\"text\":\"x\"},{\"type\":\"email\",\"to\":[\"no\"],\"subject\":\"s\",\"text\":\"t\"}]} | then[1].to[0]",
                "{\"name\":\"R\",\"then\":[{\"type\":\"email\",\"to\":[\"{{from}}@example.com\"],\"subject\":\"s\",\"text\":\"t\"}]} | then[0].to[0]",
                "{\"name\":\"R\",\"then\":[{\"type\":\"email\",\"to\":[],\"subject\":\"s\",\"text\":\"t\"}]} | then[0].to",
                "{\"name\":\"R\",\"then\":[{\"type\":\"email\",\"to\":[\"a@b.c\\r\\nBcc: x@y.z\"],\"subject\":\"s\",\"text\":\"t\"}]} | then[0].to[0]",
                "{\"name\":\"R\",\"then\":[{\"type\":\"email\",\"to\":[\"a@b.c\"],\"subject\":\"s\\r\\nBcc: x@y.z\",\"text\":\"t\"}]} | then[0].subject",
                "{\"name\":\"R\",\"then\":[{\"type\":\"webhook\",\"url\":\"ftp://x.example.com/\"}]} | then[0].url",
                "{\"name\":\"R\",\"then\":[{\"type\":\"webhook\",\"url\":\"https://x.example.com/\",\"secret\":\"short\"}]} | then[0].secret",
                "{\"name\":\"R\",\"then\":[{\"type\":\"connection\",\"id\":\"con_unknown\"}]} | then[0].id",
            })
    void whatIsWrongIsNamedAndNothingIsChanged(String body, String field) {
        assertThat(tenant.post("/v1/rules", body).expect(422).at("/errors/0/field"))
                .isEqualTo(field);
        assertThat(tenant.get("/v1/rules").expect(200).json().path("data")).isEmpty();
    }

    @Test
    void theSmallestPriorityThatMatchesDecidesAndContinueLetsLaterOnesIn() {
        String first = rule("late", "pay", ",\"priority\":20");
        String early = rule("early", "pay", ",\"priority\":10,\"continue\":true");
        rule("never", "pay", ",\"priority\":30");
        rule("off", "pay", ",\"priority\":1,\"enabled\":false");
        rule("other", "help", ",\"priority\":5");

        JsonNode story = send("PAY 500");

        assertThat(story.path("matchedRuleId").asText()).isEqualTo(early);
        assertThat(story.path("evaluation").findValuesAsText("name")).containsExactly("other", "early", "late");
        assertThat(story.at("/evaluation/0").toString())
                .isEqualTo("""
                {"ruleId":"%s","name":"other","matched":false,"predicates":[{"field":"text","op":"keyword",\
                "value":"help","actual":"PAY 500","result":false}]}""".formatted(story.at("/evaluation/0/ruleId").asText()));
        assertThat(story.at("/evaluation/2/ruleId").asText()).isEqualTo(first);
    }

    @Test
    void amongEqualsTheOlderIsTriedFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(rule("R" + i, "pay", ",\"continue\":true"));
        }
        assertThat(send("pay").path("evaluation").findValuesAsText("ruleId")).containsExactlyElementsOf(ids);
    }

    @Test
    void anEvaluationStaysRightWhenItsRulesChangeAndGo() {
        String id = rule("v1", "pay", "");
        JsonNode before = send("pay");
        tenant.put("/v1/rules/" + id, "{\"name\":\"v2\",\"when\":" + KEYWORD.formatted("help") + "}")
                .expect(200);
        JsonNode between = send("pay");
        tenant.delete("/v1/rules/" + id).expect(204);
        JsonNode after = send("pay");

        assertThat(story(before.path("id").asText()).path("evaluation")).isEqualTo(before.path("evaluation"));
        assertThat(before.at("/evaluation/0/name").asText()).isEqualTo("v1");
        assertThat(before.at("/evaluation/0/matched").asBoolean()).isTrue();
        assertThat(story(between.path("id").asText()).at("/evaluation/0/name").asText())
                .isEqualTo("v2");
        assertThat(between.path("matchedRuleId").isNull()).isTrue();
        assertThat(after.path("evaluation")).isEmpty();
        assertThat(tenant.get("/v1/messages").expect(200).json().at("/data/2/evaluation"))
                .isEqualTo(before.path("evaluation"));
    }

    @Test
    void eachActionIsADeliveryOfItsOwnAndAConnectionGetsTheMessageOnce() throws Exception {
        String mirror = connection("Mirror", "null");
        String named = connection("Named", KEYWORD.formatted("never"));
        String id = rule("Balance", "balance", """
                ,"then":[{"type":"reply","text":"Hi {{from}}, we have your '{{text}}'"},
                {"type":"email","to":["ops@example.com"],"subject":"SMS from {{from}}","text":"{{text}}"},
                {"type":"webhook","url":"%s","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
                {"type":"connection","id":"%s"},{"type":"connection","id":"%s"}]""".formatted(receiver.url("/rule"), mirror, named));
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}").expect(200);

        JsonNode story = send("balance " + Texts.UGLY);

        assertThat(story.path("deliveries").findValues("target"))
                .extracting(target ->
                        target.path("type").asText() + " " + target.path("name").asText())
                .containsExactlyInAnyOrder(
                        "webhook Forward-all webhook",
                        "connection Mirror",
                        "connection Named",
                        "reply Balance: reply",
                        "email Balance: email",
                        "rule-webhook Balance: rule-webhook");
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing").json().path("data")).hasSize(1));
        JsonNode reply = tenant.get("/v1/outgoing").json().at("/data/0");
        assertThat(reply.path("to").asText()).isEqualTo("919876543210");
        assertThat(reply.path("text").asText()).startsWith("Hi 919876543210, we have your 'balance emoji");
        assertThat(reply.path("text").asText()).contains("${sys:user.home} ${body} {{env:HOME}} {{intake.accept}}");
        assertThat(reply.path("deviceId").asText()).startsWith("dev_");
        eventually(() -> assertThat(mail.getReceivedMessages()).hasSize(1));
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("SMS from 919876543210");
        eventually(() -> assertThat(receiver.requests())
                .extracting(
                        got -> got.path() + " " + got.text().replaceAll("(?s).*\"matchedRuleId\":\"(\\w+)\".*", "$1"))
                .contains("/rule " + id, "/Mirror " + id, "/Named " + id));
        assertThat(receiver.requests("/rule").get(0).header("X-MAC-Signature")).startsWith("sha256=");
        eventually(() -> assertThat(receiver.requests("/all")).isNotEmpty());
        assertThat(receiver.requests("/all").get(0).text()).doesNotContain("matchedRuleId");
    }

    private String connection(String name, String when) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"%s\",\"outboundUrl\":\"%s\",\"when\":%s}"
                                .formatted(name, receiver.url("/" + name), when))
                .expect(201)
                .at("/id");
    }

    @Test
    void aRetiredActionFinishesWhatIsUnderWayAndKeepsItsName() {
        receiver.answering(got -> Receiver.Answer.of(got.path().equals("/slow") ? 503 : 200));
        String id = rule("Slow", "pay", ",\"then\":[{\"type\":\"webhook\",\"url\":\"" + receiver.url("/slow") + "\"}]");
        JsonNode story = send("pay");
        String delivery = story.at("/deliveries/0/id").asText();
        eventually(
                () -> assertThat(tenant.get("/v1/deliveries/" + delivery).json().path("attempts"))
                        .isNotEmpty());
        tenant.delete("/v1/rules/" + id).expect(204);
        bridge.bean(Retired.class).buryFinished(Instant.now());

        receiver.answering(200);
        tenant.post("/v1/deliveries/" + delivery + "/retry").expect(202);
        eventually(() -> assertThat(tenant.get("/v1/deliveries/" + delivery).at("/status"))
                .isEqualTo("delivered"));
        String action = story.at("/deliveries/0/target/id").asText();
        assertThat(bridge.bean(Targets.class).find(action)).isPresent();
        // A reader sees a delivery's end a moment before it is counted.
        eventually(() -> {
            bridge.bean(Retired.class).buryFinished(Instant.now());
            assertThat(bridge.bean(Targets.class).find(action)).isEmpty();
        });
        assertThat(tenant.get("/v1/deliveries/" + delivery).at("/target/name")).isEqualTo("Slow: rule-webhook");
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndDoesNothing() {
        String id = rule("Order", """
                "when":{"field":"text","op":"regex","value":"order (\\\\d+)"},
                "then":[{"type":"reply","text":"{{match.1}} for {{tenantName}} at {{receivedAt}}: {{match.2}}{{text}}"}]""").path("id").asText();

        JsonNode verdict = tenant.post("/v1/rules/test", """
                {"message":{"from":"919876543210","text":"my Order 42 {{from}}","receivedAt":"2026-06-12T14:32:00Z"}}""").expect(200).json();

        assertThat(verdict.path("matchedRuleId").asText()).isEqualTo(id);
        assertThat(verdict.at("/evaluation/0/predicates/0/result").asBoolean()).isTrue();
        assertThat(verdict.at("/actions/0/text").asText())
                .isEqualTo("42 for Acme Corp at 2026-06-12T14:32:00.000Z: my Order 42 {{from}}");
        assertThat(verdict.at("/actions/0/segments").asInt()).isEqualTo(1);
        assertThat(verdict.at("/actions/0/encoding").asText()).isEqualTo("GSM-7");
        assertThat(tenant.get("/v1/messages").expect(200).json().path("data")).isEmpty();
    }

    @Test
    void draftsAreTriedInPlaceOfTheStoredOnes() {
        rule("stored", "pay", "");
        JsonNode verdict = tenant.post("/v1/rules/test", """
                {"message":{"from":"919876543210","text":"pay"},"rules":[
                {"name":"B","priority":2,"then":[{"type":"reply","text":"😀%s{{text}}"}]},
                {"when":%s,"priority":1}]}""".formatted("x".repeat(250), KEYWORD.formatted("help")))
                .expect(200)
                .json();

        assertThat(verdict.path("evaluation").findValuesAsText("ruleId")).containsExactly("draft_2", "draft_1");
        assertThat(verdict.at("/actions/0/segments").asInt()).isEqualTo(3);
        assertThat(verdict.at("/actions/0/truncated").asBoolean()).isTrue();
        tenant.post(
                        "/v1/rules/test",
                        "{\"message\":{\"from\":\"1\",\"text\":\"\"},\"rules\":[{\"then\":[{\"type\":\"?\"}]}]}")
                .expect(422);
        assertThat(tenant.post("/v1/rules/test", "{}").expect(422).at("/errors/0/field"))
                .isEqualTo("message");
    }

    @Test
    void aReplaySaysWhatDraftsWouldHaveDoneAndSendsNothing() {
        rule("old", "help", "");
        send("pay 1");
        send("help");
        send("nothing");

        JsonNode result = tenant.post("/v1/rules/replay", """
                {"rules":[{"id":"rule_new","name":"new","when":%s,"then":[{"type":"reply","text":"{{text}}"}]}]}""".formatted(KEYWORD.formatted("pay")))
                .expect(200)
                .json();

        assertThat(result.path("messages").asInt()).isEqualTo(3);
        assertThat(result.path("matched").asInt()).isEqualTo(1);
        assertThat(result.path("changed").asInt()).isEqualTo(2);
        assertThat(result.path("complete").asBoolean()).isTrue();
        assertThat(result.at("/rules/0").toString())
                .isEqualTo("{\"ruleId\":\"rule_new\",\"name\":\"new\",\"matched\":1}");
        assertThat(result.at("/actions/reply").asInt()).isEqualTo(1);
        assertThat(result.path("samples").findValuesAsText("text")).contains("pay 1", "help");
        assertThat(tenant.get("/v1/deliveries").expect(200).json().path("data")).isEmpty();
        assertThat(tenant.post("/v1/rules/replay", "{\"until\":\"2020-01-01T00:00:00Z\"}")
                        .expect(200)
                        .at("/messages"))
                .isEqualTo("0");
    }

    @Test
    void anotherTenantsRulesDoNotExist() {
        String id = rule("mine", "pay", "");
        Api other = bridge.tenant();
        other.get("/v1/rules/" + id).expect(404);
        other.put("/v1/rules/" + id, "{\"name\":\"x\"}").expect(404);
        other.delete("/v1/rules/" + id).expect(404);
    }
}
