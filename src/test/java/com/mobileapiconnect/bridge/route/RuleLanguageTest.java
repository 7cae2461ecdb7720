package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLanguageTest {

    /** The step of the product's route before which others can stand. */
    private static final String SEND = "        - to:\n            id: send\n";

    private static final String STEP = """
            - filter:
                language:
                  language: rule
                  expression: >-
                    {"all":[{"field":"text","op":"keyword","value":"stop"},
                            {"not":{"field":"from","op":"startsWith","value":"1900"}}]}
                steps:
                  - to: outbox:skip?reason=stopped
            - filter:
                simple: "${exchangeProperty.matchedRuleId} == null"
                steps:
                  - to: outbox:skip?reason=no-rule
            """;

    @TempDir
    Path routes;

    @TempDir
    Path data;

    private void write(String rule) throws IOException {
        for (String name : List.of("accept", "deliver", "errors", "intake")) {
            Path own = Path.of("routes", name + ".camel.yaml");
            String text = Files.readString(own);
            Files.writeString(
                    routes.resolve(own.getFileName()),
                    name.equals("deliver") ? text.replace(SEND, rule.indent(8) + SEND) : text);
        }
    }

    @Test
    void aRouteAsksTheVeryPredicatesOfTheApiAndKnowsTheRuleThatMatched() throws IOException {
        write(STEP);
        try (Receiver receiver = new Receiver();
                RunningBridge bridge = RunningBridge.start(data, "bridge.routes.dir=" + routes)) {
            Api tenant = bridge.tenant();
            tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}")
                    .expect(200);
            tenant.post(
                            "/v1/rules",
                            "{\"name\":\"R\",\"when\":{\"field\":\"text\",\"op\":\"contains\",\"value\":\"pay\"}}")
                    .expect(201);
            Api phone = bridge.phone();
            String stopped = send(phone, "STOP paying");
            String sent = send(phone, "pay");
            String unmatched = send(phone, "hello");

            eventually(() -> assertThat(
                            List.of(outcome(tenant, stopped), outcome(tenant, sent), outcome(tenant, unmatched)))
                    .containsExactly("skipped stopped", "delivered null", "skipped no-rule"));
        }
    }

    private static String send(Api phone, String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private static String outcome(Api tenant, String message) {
        Api.Reply story = tenant.get("/v1/messages/" + message).expect(200);
        return story.at("/deliveries/0/status") + " " + story.at("/deliveries/0/reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"field\":\"txt\",\"op\":\"keyword\"}", "{\"field\":", "[]", "{}"})
    void aRouteWithABadRuleDoesNotStartAndSaysWhy(String rule) throws IOException {
        write("""
                - filter:
                    language:
                      language: rule
                      expression: '%s'
                    steps:
                      - to: outbox:skip?reason=x
                """.formatted(rule));
        try (RunningBridge bridge = RunningBridge.start(data, "bridge.routes.dir=" + routes)) {
            assertThat(bridge.operator().get("/v1/routes").json().get("data"))
                    .filteredOn(route -> route.get("status").asText().equals("failed"))
                    .singleElement()
                    .satisfies(route -> assertThat(route.get("error").asText())
                            .contains("rule")
                            .contains(rule));
        }
    }
}
