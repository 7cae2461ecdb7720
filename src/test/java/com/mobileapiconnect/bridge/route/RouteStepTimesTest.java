package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps of an integrator that take longer than they may. That is a second, so that nobody waits long for these tests; on
 * a busy machine the other steps may take as long, and then another message tells.
 */
class RouteStepTimesTest extends RouteStepsSuite {

    private static final String STEPS = """
            - route:
                id: deliver
                description: Sends, with steps that take long for messages that begin with a certain word.
                from:
                  uri: outbox:due
                  steps:
                    - filter:
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"slow"}'}
                        steps:
                          - filter:
                              simple: "${exchangeProperty.attempt.number} == 1"
                              steps:
                                - delay: {constant: "30000"}
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
                        language: {language: rule, expression: '{"field":"text","op":"keyword","value":"hang"}'}
                        steps:
                          - delay: {constant: "30000"}
            """;

    @BeforeDatabase
    static void start(Database database, @TempDir Path routes, @TempDir Path data) throws IOException {
        write(routes, STEPS);
        bridge = RunningBridge.start(data, database, "bridge.routes.dir=" + routes, "bridge.outbox.steps-within=PT1S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** The delivery of the message, once it has ended, and has ended so. */
    private JsonNode ended(String message, String status) {
        eventually(() -> assertThat(deliveryOf(message).path("status").asText()).isNotIn("", "pending"));
        JsonNode delivery = deliveryOf(message);
        assertThat(delivery.get("status").asText()).isEqualTo(status);
        return delivery;
    }

    private long sendings(JsonNode delivery) {
        String id = delivery.get("id").asText();
        return receiver.requests().stream()
                .filter(got -> got.header("X-MAC-Delivery").equals(id))
                .count();
    }

    @Test
    void aStepBehindTheSendingThatHangsLeavesWhatWasDeliveredDelivered() {
        eventually(() -> {
            JsonNode delivery = ended(send("hang"), "delivered");

            assertThat(delivery.get("attempts")).hasSize(1);
            assertThat(delivery.at("/attempts/0/stepError").asText())
                    .startsWith(
                            "The steps after it were not done within 1s, the time of all steps together; it was up in"
                                    + " the step delay");
            assertThat(sendings(delivery)).isEqualTo(1);
        });
    }

    @Test
    void aStepThatTakesTooLongFailsThatAttemptAndNothingElse() {
        eventually(() -> {
            String slow = send("slow");
            assertThat(sendings(ended(send("quick"), "delivered"))).isEqualTo(1);

            JsonNode delivery = ended(slow, "delivered");
            assertThat(delivery.get("attempts")).hasSize(2);
            assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("timeout");
            assertThat(delivery.at("/attempts/1/outcome").asText()).isEqualTo("success");
            assertThat(sendings(delivery)).isEqualTo(1);
        });
    }

    @Test
    void anEndlessLoopOfTheRouteEndsWithItsTimeAndNamesTheStep() {
        eventually(() -> {
            String endless = send("endless");
            ended(send("quick"), "delivered");

            JsonNode delivery = ended(endless, "failed");
            assertThat(delivery.get("attempts")).hasSize(2).allSatisfy(attempt -> {
                assertThat(attempt.get("errorClass").asText()).isEqualTo("timeout");
                assertThat(attempt.get("error").asText())
                        .startsWith("The steps of the route were not done within 1s, the time of all steps together");
            });
        });
        eventually(() -> assertThat(bridge.bean(MeterRegistry.class)
                        .get("bridge.steps.stuck")
                        .gauge()
                        .value())
                .isZero());
    }
}
