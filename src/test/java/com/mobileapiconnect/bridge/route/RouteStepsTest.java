package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Steps that an integrator puts into the route of deliveries: what they see, and what becomes of one that fails. */
class RouteStepsTest extends RouteStepsSuite {

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
                    - to: outbox:send
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"after"}'}
                        steps:
                          - throwException: {exceptionType: java.lang.IllegalStateException, message: The table is full}
            """;

    @BeforeDatabase
    static void start(Database database, @TempDir Path routes, @TempDir Path data) throws IOException {
        write(routes, STEPS);
        bridge = RunningBridge.start(data, database, "bridge.routes.dir=" + routes);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** The delivery of the message, once it is in this state. */
    private JsonNode delivery(String message, String status) {
        eventually(() -> assertThat(deliveryOf(message).path("status").asText()).isEqualTo(status));
        return tenant.get("/v1/deliveries/" + deliveryOf(message).get("id").asText())
                .expect(200)
                .json();
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
