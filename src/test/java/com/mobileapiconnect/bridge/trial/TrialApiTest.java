package com.mobileapiconnect.bridge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST /v1/routes/{name}/try: what a route does with a sample, without doing it. */
class TrialApiTest extends SharedBridgeSuite {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SAMPLE = "{\"from\":\"919876543210\",\"text\":\"balance\"}";

    /** A route of deliveries with these steps, each a line or more of YAML without indentation. */
    private static String deliver(String... steps) {
        StringBuilder yaml = new StringBuilder("""
                - route:
                    id: deliver
                    description: Tried out.
                    from:
                      uri: outbox:due
                      steps:
                """);
        for (String step : steps) {
            yaml.append(("- " + step.replace("\n", "\n  ")).indent(8));
        }
        return yaml.toString();
    }

    private static ObjectNode request(String message, String yaml) {
        try {
            ObjectNode request = JSON.createObjectNode();
            request.set("message", JSON.readTree(message));
            return yaml == null ? request : request.put("yaml", yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(message, e);
        }
    }

    private static Api.Reply tried(String name, ObjectNode request) {
        Api.Reply reply = once(name, request);
        for (int i = 0; i < 3 && reply.text().contains("It was not through within"); i++) {
            reply = once(name, request); // a busy machine may be at a standstill for all of a trial's time
        }
        return reply;
    }

    private static Api.Reply once(String name, ObjectNode request) {
        return bridge.operator().post("/v1/routes/" + name + "/try", request.toString());
    }

    private static JsonNode trial(String... steps) {
        return tried("deliver", request(SAMPLE, deliver(steps))).expect(200).json();
    }

    @Test
    void eachStepIsThereInOrderWithItsLineAndWhatItLeaves() {
        JsonNode trial = trial(
                "setProperty: {id: greet, name: greeting, constant: hello}",
                "setBody: {id: text, simple: \"${exchangeProperty.greeting} ${exchangeProperty.message.text}\"}",
                "setHeader: {id: head, name: X-Kind, constant: sms}",
                "to: {id: send, uri: \"outbox:send\"}");

        assertThat(trial.get("outcome").asText()).isEqualTo("send");
        JsonNode steps = trial.get("steps");
        assertThat(steps.findValuesAsText("id")).containsExactly("greet", "text", "head", "send");
        assertThat(steps.findValuesAsText("step")).containsExactly("setProperty", "setBody", "setHeader", "to");
        assertThat(steps.findValuesAsText("line")).containsExactly("7", "8", "9", "10");
        assertThat(steps.at("/0/body").asText())
                .startsWith("{\"event\":\"message.received\",\"from\":\"919876543210\"");
        assertThat(steps.at("/0/properties/greeting").asText()).isEqualTo("hello");
        assertThat(steps.at("/0/properties/delivery").asText()).startsWith("dlv_");
        assertThat(steps.at("/0/properties/connector").asText()).isEqualTo("webhook");
        assertThat(steps.at("/1/body").asText()).isEqualTo("hello balance");
        assertThat(steps.at("/2/headers/X-Kind").asText()).isEqualTo("sms");
        assertThat(steps.at("/3/calls/0").asText()).isEqualTo("outbox:send");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to: outbox:send | send | /outcome | send",
                "to: outbox:skip?reason=not today | skip | /reason | not today",
                "to: outbox:reject?reason=no customer | reject | /reason | no customer",
                "to: outbox:retry?after=5m | retry | /after | PT5M",
                "to: outbox:done?externalId=R-17&externalUrl=https://erp.example.com/17 | done | /externalId | R-17",
                "to: outbox:done?externalUrl=https://erp.example.com/17 | done | /externalUrl | https://erp.example.com/17",
                "setProperty: {name: x, constant: y} | no-outcome | /outcome | no-outcome",
                "throwException: {exceptionType: java.lang.IllegalStateException, message: gone} | error | /error"
                        + " | IllegalStateException: gone",
                "setBody: {language: {language: fields, expression: '{\"n\":{\"value\":\"${text}\",\"as\":\"number\"}}'}}"
                        + " | reject | /reason | The field n has to be of the kind number",
            })
    void theOutcomeIsTheOneThatADeliveryWouldHave(String step, String outcome, String pointer, String value) {
        JsonNode trial = trial(step);

        assertThat(trial.get("outcome").asText()).as(trial.toPrettyString()).isEqualTo(outcome);
        assertThat(trial.at(pointer).asText()).startsWith(value);
    }

    @Test
    void aBranchThatIsNotTakenIsNotThereAndTheOneThatIsHasItsSteps() {
        JsonNode trial = trial("""
                choice:
                  when:
                    - language: {language: rule, expression: '{"field":"text","op":"keyword","value":"stop"}'}
                      steps:
                        - to: outbox:skip?reason=stopped
                  otherwise:
                    steps:
                      - setBody: {constant: went on}""", "to: outbox:send");

        assertThat(trial.get("steps").findValuesAsText("step")).containsExactly("choice", "setBody", "to");
        assertThat(trial.at("/steps/0/body").asText()).isEqualTo("went on");
    }

    @Test
    void nothingLeavesAndNothingIsStored() {
        try (Receiver receiver = new Receiver()) {
            bridge.tenant().connection(receiver.url("/erp"), "");
            int before = bridge.tenant()
                    .get("/v1/messages?limit=500")
                    .json()
                    .get("data")
                    .size();
            JsonNode trial = trial(
                    "log: \"seen ${body}\"", "to: " + "\"log:tap\"", "delay: {constant: \"60000\"}", "to: outbox:send");

            assertThat(trial.get("outcome").asText()).isEqualTo("send");
            assertThat(trial.at("/steps/0/calls/0").asText()).startsWith("log: seen {\"event\":");
            assertThat(trial.at("/steps/1/calls/0").asText()).isEqualTo("log:tap");
            assertThat(receiver.requests()).isEmpty();
            assertThat(bridge.tenant().get("/v1/deliveries").json().get("data")).isEmpty();
            assertThat(bridge.tenant().get("/v1/messages?limit=500").json().get("data"))
                    .hasSize(before);
        }
    }

    @Test
    void aLoopWithoutEndEnds() {
        JsonNode trial = trial("""
                loop:
                  doWhile: true
                  simple: "${body} != null"
                  steps:
                    - setProperty: {name: turn, simple: "${exchangeProperty.CamelLoopIndex}"}""");

        assertThat(trial.get("outcome").asText()).isEqualTo("error");
        assertThat(trial.get("error").asText()).contains("more than " + Recorder.MOST_STEPS + " steps");
        assertThat(trial.get("steps")).hasSize(Recorder.MOST_STEPS);
    }

    @Test
    void moreTrialsAtOnceThanAFewAreToldToComeAgainAndNoneIsLost() {
        ObjectNode request = request(SAMPLE, deliver("to: outbox:send"));
        List<Integer> statuses = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> tried("deliver", request).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).isSubsetOf(200, 429).contains(200);
        tried("deliver", request).expect(200);
    }

    @Test
    void nothingOfTheSampleIsInterpreted() throws JsonProcessingException {
        String text = "${body} {{bridge.operator-key}} #{x} &reason=y \"}],\\";
        String message = JSON.writeValueAsString(
                JSON.createObjectNode().put("from", "9198").put("text", text));
        JsonNode trial = tried(
                        "deliver",
                        request(
                                message,
                                deliver(
                                        "setProperty: {name: why, simple: \"${exchangeProperty.message.text}\"}",
                                        "to: outbox:skip?reasonFrom=why")))
                .expect(200)
                .json();

        assertThat(trial.get("reason").asText()).isEqualTo(text);
        assertThat(trial.at("/steps/0/properties/why").asText()).isEqualTo(text);
    }

    @Test
    void theRunningTextIsTriedWhereNoDraftIsGiven() {
        JsonNode deliver = tried("deliver", request(SAMPLE, null)).expect(200).json();
        assertThat(deliver.get("outcome").asText()).isEqualTo("send");

        JsonNode intake = tried("intake", request(SAMPLE, null)).expect(200).json();
        assertThat(intake.get("outcome").asText()).isEqualTo("accepted");
        assertThat(intake.at("/steps/0/body").asText()).contains("\"text\":\"balance\"");

        JsonNode accept = tried("accept", request(SAMPLE, null)).expect(200).json();
        assertThat(accept.get("outcome").asText()).isEqualTo("accepted");
        assertThat(accept.get("steps").findValuesAsText("step")).containsExactly("process", "process");
    }

    @Test
    void aStoredMessageATargetAndATenantMayBeChosen() {
        String target = bridge.tenant().connection("https://erp.example.com/sms", "");
        String id = bridge.phone()
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"stored before\"}")
                .expect(202)
                .at("/messages/0/id");
        List<String> before = deliveries(id);
        ObjectNode request = JSON.createObjectNode().put("messageId", id).put("target", target);
        JsonNode trial = tried("deliver", request).expect(200).json();

        assertThat(trial.at("/steps/0/body").asText()).contains("stored before");
        assertThat(trial.at("/steps/0/properties/target").asText()).isEqualTo(target);
        assertThat(deliveries(id)).isEqualTo(before);
    }

    private static List<String> deliveries(String messageId) {
        return bridge.tenant()
                .get("/v1/deliveries?messageId=" + messageId)
                .json()
                .get("data")
                .findValuesAsText("createdAt");
    }

    @Test
    void theValueOfASecretSettingIsNowhere() {
        System.setProperty("route.erp-token", "correct-horse-battery");
        try {
            String text = trial(
                            "setHeader: {name: X-Erp, constant: \"{{route.erp-token}}\"}",
                            "setBody: {simple: \"token={{route.erp-token}} ${body}\"}",
                            "log: \"{{route.erp-token}}\"",
                            "to: outbox:reject?reason={{route.erp-token}}")
                    .toString();
            assertThat(text).doesNotContain("correct-horse-battery").contains("token=… {");
        } finally {
            System.clearProperty("route.erp-token");
        }
    }

    @Test
    void routesOfTheSameTextGoOnInEachOtherAndOthersAreCalledOnly() {
        String yaml = """
                - route:
                    id: sms-from-queue
                    description: Takes SMS in from elsewhere.
                    from:
                      uri: direct:incoming
                      steps:
                        - to: direct:checked
                - route:
                    id: checked
                    description: Goes on.
                    from:
                      uri: direct:checked
                      steps:
                        - setProperty: {name: seen, constant: "yes"}
                        - to: phone:capture?device=dev_1
                """;
        JsonNode trial = tried("from-queue", request(SAMPLE, yaml)).expect(200).json();

        assertThat(trial.get("outcome").asText()).isEqualTo("accepted");
        assertThat(trial.get("steps").findValuesAsText("step")).containsExactly("to", "setProperty", "to");
        assertThat(trial.at("/steps/0/body").asText()).startsWith("{\"from\":\"919876543210\"");
        ObjectNode second = request(SAMPLE, yaml).put("route", "checked");
        assertThat(tried("from-queue", second).expect(200).json().get("steps")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | message",
                "{\"message\":7} | message",
                "{\"message\":{\"from\":\"9198\"}} | message.text",
                "{\"messageId\":\"msg_none\"} | messageId",
                "{\"message\":{\"from\":\"9198\",\"text\":\"x\"},\"messageId\":\"msg_none\"} | messageId",
                "{\"message\":{\"from\":\"9198\",\"text\":\"x\"},\"target\":\"con_none\"} | target",
                "{\"message\":{\"from\":\"9198\",\"text\":\"x\"},\"tenantId\":\"ten_none\"} | tenantId",
                "{\"message\":{\"from\":\"9198\",\"text\":\"x\"},\"route\":\"none\"} | route",
                "{\"message\":{\"from\":\"9198\",\"text\":\"x\"},\"body\":\"x\"} | body",
            })
    void aMistakeInTheRequestIsNamed(String request, String field) {
        JsonNode problem = bridge.operator()
                .post("/v1/routes/deliver/try", request)
                .expect(422)
                .json();
        assertThat(problem.get("errors").findValuesAsText("field")).contains(field);
    }

    @Test
    void aDraftThatCannotRunIsRefusedWithItsLine() {
        Api.Reply refused =
                tried("deliver", request(SAMPLE, deliver("to: outbux:send"))).expect(422);
        assertThat(refused.json().get("line").asInt()).isEqualTo(7);
    }

    @Test
    void onlyTheOperatorTriesRoutesOutAndOnlyOnesThatAreThere() {
        bridge.tenant()
                .post("/v1/routes/deliver/try", "{\"message\":" + SAMPLE + "}")
                .expect(403);
        tried("no-such-route", request(SAMPLE, null)).expect(404);
        bridge.tenant().get("/v1/routes/deliver/diagram").expect(403);
        bridge.operator().get("/v1/routes/no-such-route/diagram").expect(404);
    }

    @Test
    void aRouteIsDrawnAsSvgOrForMermaid() {
        Api.Reply svg = bridge.operator().get("/v1/routes/deliver/diagram").expect(200);
        assertThat(svg.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(svg.text()).startsWith("<svg").contains("outbox:due").contains("outbox:send");
        Api.Reply mermaid = bridge.operator()
                .send(java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create(bridge.url() + "/v1/routes/deliver/diagram"))
                        .header("Authorization", "Bearer " + RunningBridge.OPERATOR_KEY)
                        .header("Accept", "text/plain"))
                .expect(200);
        assertThat(mermaid.header("Content-Type")).startsWith("text/plain");
        assertThat(mermaid.text()).startsWith("flowchart TD").contains("outbox:send");
    }
}
