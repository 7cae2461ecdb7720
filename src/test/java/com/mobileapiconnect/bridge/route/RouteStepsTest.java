package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Steps that an integrator puts into the route of deliveries: what they see, and what becomes of one that fails. */
@OnBothDatabases
class RouteStepsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String STEPS = """
            - route:
                id: deliver
                description: Sends, with steps for messages that begin with a certain word.
                from:
                  uri: outbox:due
                  steps:
                    - log: "On its way: ${exchangeProperty.delivery}"
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"before"}'}
                        steps:
                          - throwException: {exceptionType: java.lang.IllegalStateException, message: The table is gone}
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"slow"}'}
                        steps:
                          - filter:
                              simple: "${exchangeProperty.attempt.number} == 1"
                              steps:
                                - delay: {constant: "30000"}
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"startsWith","value":"mapped"}'}
                        steps:
                          - setBody:
                              language:
                                language: fields
                                expression: >-
                                  {"customer":"${from}","note":"SMS: ${text}","ref":"${ref}","sent":true,
                                   "lines":[{"at":{"value":"${receivedAt}","as":"date","zone":"Asia/Kolkata"}}]}
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"amount"}'}
                        steps:
                          - setBody:
                              language: {language: fields, expression: '{"amount":{"value":"${text}","as":"number"}}'}
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"reject"}'}
                        steps:
                          - setProperty: {name: why, simple: "No customer: ${body}"}
                          - to: outbox:reject?reasonFrom=why
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"again"}'}
                        steps:
                          - filter:
                              simple: "${exchangeProperty.attempt.number} == 1"
                              steps:
                                - to: outbox:retry?after=1s&reason=The customer is being made
                          - to: outbox:done?externalId=R-17
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"later"}'}
                        steps:
                          - to: outbox:retry?after=2h
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"done"}'}
                        steps:
                          - setProperty: {name: record, simple: "${exchangeProperty.message.text}"}
                          - setHeader: {name: Location, constant: "https://erp.example.com/records/17?view=form"}
                          - to: outbox:done?externalIdFrom=record&externalUrlFrom=header:Location
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"endless"}'}
                        steps:
                          - loop:
                              doWhile: true
                              simple: "${exchangeProperty.attempt.number} > 0"
                              steps:
                                - setProperty: {name: turn, simple: "${exchangeProperty.CamelLoopIndex}"}
                    - to: outbox:send
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"after"}'}
                        steps:
                          - throwException: {exceptionType: java.lang.IllegalStateException, message: The table is full}
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"hang"}'}
                        steps:
                          - delay: {constant: "30000"}
            """;

    @TempDir
    static Path routes;

    @TempDir
    static Path data;

    private static RunningBridge bridge;

    private Receiver receiver;
    private Api tenant;
    private Api phone;
    private String target;

    @BeforeDatabase
    static void start(Database database) throws IOException {
        for (String name : new String[] {"accept", "errors", "intake"}) {
            Path own = Path.of("routes", name + ".camel.yaml");
            Files.writeString(routes.resolve(own.getFileName()), Files.readString(own));
        }
        Files.writeString(routes.resolve("deliver.camel.yaml"), STEPS);
        bridge = RunningBridge.shared(database, "bridge.routes.dir=" + routes, "bridge.outbox.steps-within=PT1S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void connect() {
        receiver = new Receiver();
        tenant = bridge.tenant();
        phone = bridge.phone();
        target = tenant.connection(
                receiver.url("/erp"),
                "\"secret\":\"" + SECRET
                        + "\",\"redelivery\":{\"timeout\":\"PT1S\",\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"maxAttempts\":2}");
    }

    @AfterEach
    void disconnect() {
        tenant.delete("/v1/connections/" + target + "?discard=true").expect(202, 204);
        receiver.close();
    }

    private String send(String text) {
        try {
            return phone.post(
                            "/v1/inbound",
                            JSON.writeValueAsString(Map.of(
                                    "from", "919876543210", "text", text, "receivedAt", "2026-06-12T20:32:00.000Z")))
                    .expect(202)
                    .at("/messages/0/id");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The delivery of the message, once it is in this state. */
    private JsonNode delivery(String message, String status) {
        within(20, () -> assertThat(deliveryOf(message).path("status").asText()).isEqualTo(status));
        return tenant.get("/v1/deliveries/" + deliveryOf(message).get("id").asText())
                .expect(200)
                .json();
    }

    private JsonNode deliveryOf(String message) {
        return tenant.get("/v1/deliveries?target=" + target + "&messageId=" + message)
                .json()
                .at("/data/0");
    }

    private static double stepsFailed() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.steps.failed")
                .counter()
                .count();
    }

    @Test
    void aStepBehindTheSendingThatThrowsLeavesWhatWasDeliveredDelivered() {
        double before = stepsFailed();
        JsonNode delivery = delivery(send("after all"), "delivered");

        assertThat(delivery.get("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/outcome").asText()).isEqualTo("success");
        assertThat(delivery.at("/attempts/0/error").isNull()).isTrue();
        assertThat(delivery.at("/attempts/0/stepError").asText()).isEqualTo("IllegalStateException: The table is full");
        assertThat(receiver.requests()).hasSize(1);
        assertThat(stepsFailed()).isEqualTo(before + 1);
    }

    @Test
    void aStepBehindTheSendingThatHangsLeavesWhatWasDeliveredDelivered() {
        JsonNode delivery = delivery(send("hang"), "delivered");

        assertThat(delivery.get("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/stepError").asText())
                .startsWith(
                        "The steps after it were not done within 1s, the time of all steps together; it was up in the"
                                + " step delay");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aStepBehindTheSendingDoesNotTurnAFailureIntoAnother() {
        receiver.answering(503);
        JsonNode delivery = delivery(send("after all"), "failed");

        assertThat(delivery.get("reason").asText()).isEqualTo("attempts-exhausted");
        assertThat(delivery.get("attempts")).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.get("httpStatus").asInt()).isEqualTo(503);
            assertThat(attempt.get("errorClass").asText()).isEqualTo("http");
            assertThat(attempt.get("stepError").asText()).contains("The table is full");
        });
    }

    @Test
    void aStepBeforeTheSendingThatThrowsFailsTheAttempt() {
        JsonNode delivery = delivery(send("before all"), "failed");

        assertThat(delivery.get("attempts")).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.get("errorClass").asText()).isEqualTo("route");
            assertThat(attempt.has("stepError")).isFalse();
        });
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aStepThatTakesTooLongFailsThatAttemptAndNothingElse() {
        String slow = send("slow");
        delivery(send("quick"), "delivered");
        JsonNode delivery = delivery(slow, "delivered");

        assertThat(delivery.get("attempts")).hasSize(2);
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("timeout");
        assertThat(delivery.at("/attempts/1/outcome").asText()).isEqualTo("success");
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void aStepThatRejectsFailsTheDeliveryAtOnceAndSaysWhy() {
        JsonNode delivery = delivery(send("reject &reason=x ${body} {{y}}"), "failed");

        assertThat(delivery.get("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.get("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("route");
        assertThat(delivery.at("/attempts/0/error").asText())
                .startsWith("No customer: {")
                .contains("reject &reason=x ${body} {{y}}");
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aStepThatAsksForAnotherAttemptGetsItAndMaySayThatItIsDone() {
        JsonNode delivery = delivery(send("again"), "delivered");

        assertThat(delivery.get("attempts")).hasSize(2);
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo("The customer is being made");
        assertThat(delivery.at("/attempts/1/outcome").asText()).isEqualTo("success");
        assertThat(delivery.get("externalId").asText()).isEqualTo("R-17");
        assertThat(delivery.get("externalUrl").isNull()).isTrue();
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aStepSaysWhenTheNextAttemptIs() {
        String message = send("later");
        eventually(() -> assertThat(deliveryOf(message).path("attempts")).hasSize(1));
        Instant at = Instant.parse(deliveryOf(message).at("/attempts/0/at").asText());
        assertThat(Instant.parse(deliveryOf(message).get("nextAttemptAt").asText()))
                .isBetween(at.plusSeconds(7_199), at.plusSeconds(7_260));
    }

    @Test
    void whatAStepSaysOfTheRecordIsShownWithTheDeliveryAndNeverParsed() {
        String text = "done &externalUrl=https://evil.example ${body} #{x} {{y}}";
        JsonNode delivery = delivery(send(text), "delivered");

        assertThat(delivery.get("externalId").asText()).isEqualTo(text);
        assertThat(delivery.get("externalUrl").asText()).isEqualTo("https://erp.example.com/records/17?view=form");
        assertThat(delivery.at("/attempts/0/outcome").asText()).isEqualTo("success");
        assertThat(delivery.at("/attempts/0/httpStatus").isNull()).isTrue();
        assertThat(deliveryOf(delivery.get("messageId").asText())).isEqualTo(delivery);
        JsonNode story = tenant.get("/v1/messages/" + delivery.get("messageId").asText())
                .expect(200)
                .json();
        assertThat(story.at("/deliveries/0/externalId").asText()).isEqualTo(text);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void anEndlessLoopOfTheRouteEndsWithItsTimeAndNamesTheStep() {
        String endless = send("endless");
        delivery(send("quick"), "delivered");
        JsonNode delivery = delivery(endless, "failed");

        assertThat(delivery.get("attempts")).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.get("errorClass").asText()).isEqualTo("timeout");
            assertThat(attempt.get("error").asText())
                    .startsWith("The steps of the route were not done within 1s, the time of all steps together");
        });
        eventually(() -> assertThat(bridge.bean(MeterRegistry.class)
                        .get("bridge.steps.stuck")
                        .gauge()
                        .value())
                .isZero());
    }

    @Test
    void aBodyOfFieldsIsWholeWhateverTheSmsSays() throws Exception {
        String text = "mapped \"}], \\ ${from} {{from}} \u20ac\n\u0001";
        delivery(send(text), "delivered");

        JsonNode body = JSON.readTree(receiver.requests().get(0).body());
        assertThat(body).isEqualTo(JSON.readTree("""
                        {"customer":"919876543210","note":%s,"ref":null,"sent":true,"lines":[{"at":"2026-06-13"}]}""".formatted(JSON.writeValueAsString("SMS: " + text))));
        assertThat(receiver.requests().get(0).header("X-MAC-Signature"))
                .isEqualTo("sha256="
                        + Hmac.sha256(SECRET, receiver.requests().get(0).body()));
    }

    @Test
    void aValueThatItsFieldCannotBeIsRejectedAtOnceAndNamesTheField() {
        JsonNode delivery = delivery(send("amount unknown"), "failed");

        assertThat(delivery.get("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.get("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText())
                .isEqualTo("The field amount has to be of the kind number, and its value is not");
    }

    @Test
    void eventsOfTheBridgeMatchNoRuleAndGoOn() {
        tenant.put("/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/operations") + "\"}")
                .expect(200);
        String failed = send("before all");
        delivery(failed, "failed");

        eventually(() -> assertThat(receiver.requests("/operations"))
                .anySatisfy(got -> assertThat(got.header("X-MAC-Event")).isEqualTo("delivery.failed")));
    }

    @Test
    void aTestOfTheOperationsWebhookIsAnEventOfItsKind() throws IOException {
        tenant.put("/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/tried") + "\"}")
                .expect(200);

        JsonNode attempt =
                tenant.post("/v1/webhooks/operations/test").expect(200).json();

        assertThat(attempt.get("outcome").asText()).isEqualTo("success");
        Receiver.Got got = receiver.requests("/tried").get(0);
        assertThat(got.header("X-MAC-Event")).isEqualTo("target.recovered");
        JsonNode body = JSON.readTree(got.body());
        assertThat(body.get("event").asText()).isEqualTo("target.recovered");
        assertThat(body.get("test").asBoolean()).isTrue();
        assertThat(body.has("text")).isFalse();
    }

    @Test
    void aStepThatLogsIsSeen() {
        Logger route = (Logger) LoggerFactory.getLogger("deliver");
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        route.addAppender(seen);
        try {
            JsonNode delivery = delivery(send("hello"), "delivered");
            assertThat(seen.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("On its way: " + delivery.get("id").asText());
        } finally {
            route.detachAppender(seen);
        }
        assertThat(LoggerFactory.getLogger("org.apache.camel").isInfoEnabled()).isFalse();
    }
}
