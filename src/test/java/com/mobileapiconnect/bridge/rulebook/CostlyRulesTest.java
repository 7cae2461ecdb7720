package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and conditions that cost more than the operator allows. */
@OnBothDatabases
@Timeout(300)
class CostlyRulesTest {

    private static final String LARGE = "bridge.rules.budget=1000000000";
    private static final String SMALL = "bridge.rules.budget=5000000";
    private static final String LONG_TEXT = "a".repeat(9_000) + " balance";

    @TempDir
    Path data;

    /** An expression of about 200 instructions that needs no word; another one for each number. */
    private static ObjectNode costly(int n) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("field", "text")
                .put("op", "regex")
                .put("value", "a?".repeat(100) + "[" + (char) ('q' + n) + "z]");
    }

    private static String rule(int n) {
        return "{\"name\":\"Costly " + n + "\",\"continue\":true,\"when\":" + costly(n) + "}";
    }

    private static String text(String text) {
        return "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}";
    }

    @Test
    void theOneThatIsTooMuchIsRefusedByNameWithItsCostAndTheBudget(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database, SMALL)) {
            Api tenant = bridge.tenant();
            tenant.post("/v1/rules", rule(1)).expect(201);
            tenant.post("/v1/rules", rule(2)).expect(201);
            Api.Reply refused = tenant.post("/v1/rules", rule(3)).expect(422);
            assertThat(refused.at("/errors/0/field")).isEqualTo("when");
            assertThat(refused.at("/errors/0/message"))
                    .matches(
                            "costs 2,\\d{3},\\d{3} steps for a text of 10,000 characters, with all others [67],\\d{3},\\d{3},"
                                    + " and the budget is 5,000,000: use fewer or simpler expressions, or some that need a word");
            assertThat(tenant.get("/v1/rules").json().path("data")).hasSize(2);

            String file = "rules: [" + rule(1) + "," + rule(2) + "," + rule(3) + "]";
            assertThat(tenant.put("/v1/config", file).expect(422).at("/errors/0/field"))
                    .matches("rules\\[\\d]\\.when");
            assertThat(tenant.put("/v1/config?dryRun=true", file).expect(422).at("/errors/0/message"))
                    .startsWith("costs 2,");
            String drafts = ",\"rules\":[" + rule(1) + "," + rule(2) + "," + rule(3) + "]}";
            assertThat(tenant.post("/v1/rules/test", "{\"message\":" + text("x") + drafts)
                            .expect(422)
                            .at("/errors/0/field"))
                    .matches("rules\\[\\d]\\.when");
            tenant.post("/v1/rules/replay", "{" + drafts.substring(1)).expect(422);
        }
    }

    @Test
    void conditionsOfConnectionsHaveABudgetOfTheirOwn(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database, SMALL)) {
            Api tenant = bridge.tenant();
            tenant.post("/v1/rules", rule(1)).expect(201);
            for (int i = 1; i <= 2; i++) {
                tenant.post("/v1/connections", connection(i)).expect(201);
            }
            Api.Reply refused = tenant.post("/v1/connections", connection(3)).expect(422);
            assertThat(refused.at("/errors/0/field")).isEqualTo("when");
            assertThat(refused.at("/errors/0/message")).contains("the budget is 5,000,000");
            String file = "connections: [" + connection(1) + "," + connection(2) + "," + connection(3) + "]";
            assertThat(tenant.put("/v1/config", file).expect(422).at("/errors/0/field"))
                    .matches("connections\\[\\d]\\.when");
            tenant.put("/v1/config", file.replace("," + connection(2), "")).expect(200);
        }
    }

    private static String[] with(String[] settings, String more) {
        return Stream.concat(Arrays.stream(settings), Stream.of(more)).toArray(String[]::new);
    }

    private static String connection(int n) {
        return "{\"name\":\"c" + n + "\",\"outboundUrl\":\"http://127.0.0.1:9/\",\"enabled\":true,\"when\":" + costly(n)
                + "}";
    }

    @Test
    void whatWasSavedBeforeGoesOnWithinTheBudgetAndTheStorySaysWhatDidNotCount(Database database) {
        String[] settings = database.settings();
        String cheap;
        try (RunningBridge bridge = RunningBridge.start(data, with(settings, LARGE))) {
            Api tenant = bridge.tenant();
            for (int i = 1; i <= 4; i++) {
                tenant.post("/v1/rules", rule(i)).expect(201);
            }
            tenant.post("/v1/connections", connection(1)).expect(201);
            cheap = tenant.post(
                            "/v1/rules",
                            "{\"name\":\"Cheap\",\"when\":{\"field\":\"text\",\"op\":\"contains\",\"value\":\"balance\"}}")
                    .expect(201)
                    .at("/id");
        }
        try (RunningBridge bridge = RunningBridge.start(data, with(settings, SMALL))) {
            Api tenant = bridge.tenant();
            String id = bridge.phone()
                    .post("/v1/inbound", text(LONG_TEXT))
                    .expect(202)
                    .at("/messages/0/id");
            JsonNode story = tenant.get("/v1/messages/" + id).expect(200).json();
            assertThat(story.path("matchedRuleId").asText()).isEqualTo(cheap);
            assertThat(story.at("/flags/rulesLeftOut").asBoolean()).isTrue();
            assertThat(story.path("evaluation")).hasSize(5);
            assertThat(story.path("evaluation").findValuesAsText("name").get(4)).isEqualTo("Cheap");
            assertThat(story.at("/evaluation/3/leftOut").asBoolean()).isTrue();
            assertThat(story.at("/evaluation/3/matched").asBoolean()).isFalse();
            assertThat(story.at("/evaluation/0").has("leftOut")).isFalse();
            assertThat(bridge.operator().get("/actuator/prometheus").text())
                    .contains("bridge_rules_left_out_total 1.0");

            JsonNode small = tenant.get("/v1/messages/"
                            + bridge.phone()
                                    .post("/v1/inbound", text("balance"))
                                    .expect(202)
                                    .at("/messages/0/id"))
                    .json();
            assertThat(small.path("flags").has("rulesLeftOut")).isFalse();

            String costly = story.at("/evaluation/0/ruleId").asText();
            tenant.put("/v1/rules/" + costly, rule(5)).expect(200);
            tenant.post("/v1/rules", rule(6)).expect(422);
            tenant.put("/v1/rules/" + costly, "{\"name\":\"Cheaper\"}").expect(200);
        }
    }
}
