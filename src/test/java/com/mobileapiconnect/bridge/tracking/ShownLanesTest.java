package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lanes of actions are seen like all others, and nothing is said to go out before it may. */
class ShownLanesTest extends ReceiverSuite {

    private JsonNode rule() {
        return tenant.post("/v1/rules", """
                        {"name":"Pay","then":[{"type":"webhook","url":"%s"},{"type":"reply","text":"ok"},
                        {"type":"email","to":["ops@example.com"],"subject":"SMS","text":"{{text}}"}]}""".formatted(receiver.url("/gone")))
                .expect(201)
                .json();
    }

    private JsonNode lane(String target) {
        for (JsonNode lane :
                tenant.get("/v1/targets?limit=500").expect(200).json().path("data")) {
            if (lane.path("id").asText().equals(target)) {
                return lane;
            }
        }
        throw new AssertionError("No lane of " + target);
    }

    private String send(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    @Test
    void theLaneOfAnActionSaysThatItIsDisabledUntilItsRuleIsSaved() {
        receiver.answering(410);
        JsonNode rule = rule();
        String webhook = rule.at("/then/0/id").asText();
        send("pay");

        eventually(() -> assertThat(lane(webhook).path("status").asText()).isEqualTo("disabled"));
        assertThat(lane(webhook).at("/target/type").asText()).isEqualTo("rule-webhook");
        assertThat(lane(webhook).at("/target/name").asText()).isEqualTo("Pay: rule-webhook");
        assertThat(lane(webhook).path("depth").asInt()).isEqualTo(1);

        receiver.answering(200); // what was held goes out at once
        tenant.put("/v1/rules/" + rule.path("id").asText(), rule.toString()).expect(200);
        assertThat(lane(webhook).path("status").asText()).isEqualTo("active");
    }

    @Test
    void repliesAndMailsOfARuleShowTheirStatus() {
        JsonNode rule = rule();
        String path = "/v1/rules/" + rule.path("id").asText();
        List<String> ids =
                List.of(rule.at("/then/1/id").asText(), rule.at("/then/2/id").asText());
        assertThat(rule.at("/then/1/status").asText()).isEqualTo("active");
        bridge.bean(Store.class).writeNow(tx -> {
            ids.forEach(id -> bridge.bean(Targets.class).disable(tx, id, "nobody takes it", Instant.now()));
            return tx;
        });

        JsonNode disabled = tenant.get(path).expect(200).json();
        for (String action : List.of("/then/1", "/then/2")) {
            assertThat(disabled.at(action + "/status").asText()).isEqualTo("disabled");
            assertThat(disabled.at(action + "/statusReason").asText()).isEqualTo("nobody takes it");
        }
        JsonNode saved = tenant.put(path, disabled.toString()).expect(200).json();
        assertThat(saved.path("then").findValuesAsText("status")).containsOnly("active");
    }

    @Test
    void aDeliveryWaitsAsLongAsItsReceiverAskedFor() {
        receiver.answering(got -> Answer.of(429, Map.of("Retry-After", "600")));
        String connection = tenant.connection(receiver.url("/busy"), "");
        String first = send("first");
        eventually(
                () -> assertThat(lane(connection).path("waitingUntil").isNull()).isFalse());

        String second = send("second");

        for (String message : List.of(first, second)) {
            String next = tenant.get("/v1/deliveries?target=" + connection + "&messageId=" + message)
                    .expect(200)
                    .at("/data/0/nextAttemptAt");
            assertThat(Duration.between(Instant.now(), Instant.parse(next))).isGreaterThan(Duration.ofMinutes(5));
        }
    }
}
