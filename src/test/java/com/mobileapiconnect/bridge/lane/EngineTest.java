package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Lanes, operations webhook, expiry and replay, from outside. */
class EngineTest extends LaneSuite {

    private static final String ONCE = "\"redelivery\":{\"maxAttempts\":1}";

    private JsonNode lane(String target) {
        for (JsonNode lane : tenant.get("/v1/targets").expect(200).json().get("data")) {
            if (lane.get("id").asText().equals(target)) {
                return lane;
            }
        }
        throw new AssertionError("No lane of " + target);
    }

    @Test
    void tenFailuresOpenTheBreakerAndWhatWaitsCostsNoAttempts() {
        receiver.answering(500);
        String connection = connection("/down", "\"concurrency\":1");
        for (int i = 0; i < 30; i++) {
            send("breaker " + i);
        }
        eventually(() -> assertThat(lane(connection).get("breaker").asText()).isEqualTo("open"));
        assertThat(lane(connection).at("/lastError/httpStatus").asInt()).isEqualTo(500);
        assertThat(lane(connection).get("depth").asInt()).isEqualTo(30);
        // besides the ten a probe after 5 s, 10 s, 20 s, 40 s …: this line may come late
        assertThat(receiver.requests("/down")).hasSizeBetween(10, 16);
        receiver.answering(200);
        within(180, () -> assertThat(lane(connection).get("breaker").asText()).isEqualTo("closed"));
        eventually(() -> assertThat(lane(connection).get("depth").asInt()).isZero());
    }

    @Test
    void aBusyReceiverGetsFewerCallsAtOnceAndNoneBeforeItSaid() {
        receiver.answering(got -> Answer.of(503, Map.of("Retry-After", "3600")));
        String connection = connection("/busy", "\"concurrency\":4");
        send("busy");
        eventually(
                () -> assertThat(lane(connection).get("concurrencyNow").asInt()).isEqualTo(2));
        assertThat(lane(connection).get("waitingUntil").isNull()).isFalse();
        send("not yet");
        assertThat(receiver.requests("/busy")).hasSize(1);
    }

    @Test
    void whatIsTooOldIsFailedWithoutACall() {
        receiver.answering(500);
        String connection = connection("/otp", "\"expiresAfter\":\"PT1S\",\"redelivery\":{\"initialDelay\":\"PT1H\"}");
        AtomicReference<String> expired = new AtomicReference<>("");
        eventually(
                () -> { // with another one if even the first call would have come too late
                    int before = receiver.requests("/otp").size();
                    String id = send("your code is 123456");
                    statusBecomes(id, "failed");
                    assertThat(delivery(id).get("reason").asText()).isEqualTo("expired");
                    assertThat(receiver.requests("/otp")).hasSize(before + 1);
                    expired.set(id);
                });
        assertThat(tenant.get("/v1/connections/" + connection).at("/expiresAfter"))
                .isEqualTo("PT1S");

        // Whoever asks for it again means it.
        receiver.answering(200);
        eventually(() -> {
            JsonNode delivery = delivery(expired.get());
            if (delivery.get("status").asText().equals("failed")) {
                tenant.post("/v1/deliveries/" + delivery.get("id").asText() + "/retry")
                        .expect(202);
            }
            assertThat(delivery.get("status").asText()).isEqualTo("delivered");
        });
    }

    @Test
    void theOperationsWebhookHearsOfFailureDisablingAndRecovery() {
        tenant.put(
                        "/v1/webhooks/operations",
                        "{\"url\":\"%s\",\"secret\":\"%s\"}".formatted(receiver.url("/ops"), SECRET))
                .expect(200);
        receiver.answering(
                got -> Answer.of(got.path().equals("/ops") ? 200 : got.text().contains("gone") ? 410 : 500));
        String connection = connection("/erp", ONCE);
        String id = send("lost");
        statusBecomes(id, "failed");
        eventually(() -> assertThat(events()).containsExactly("delivery.failed"));
        statusBecomes(send("gone"), "held");
        eventually(() -> assertThat(events()).containsExactly("delivery.failed", "target.disabled"));
        receiver.answering(200);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        eventually(
                () -> assertThat(events()).containsExactly("delivery.failed", "target.disabled", "target.recovered"));

        Got first = receiver.requests("/ops").get(0);
        assertThat(first.header("X-MAC-Signature")).startsWith("sha256=");
        assertThat(first.header("webhook-signature")).startsWith("v1,");
        assertThat(first.header("X-MAC-Message")).isEqualTo(id);
        assertThat(receiver.requests("/ops").get(1).header("X-MAC-Message"))
                .as("of an event about a target")
                .isEmpty();
        assertThat(first.text())
                .contains("\"messageId\":\"" + id + "\"", "\"reason\":\"attempts-exhausted\"", connection)
                .doesNotContain("919876543210", "lost");
        assertThat(tenant.get("/v1/deliveries?target=operations").json().get("data"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(tenant.get("/v1/messages/" + id).json().get("deliveries")).hasSize(1);
    }

    @Test
    void theOperationsWebhookNeverTellsOfItself() {
        tenant.put("/v1/webhooks/operations", "{\"url\":\"%s\",%s}".formatted(receiver.url("/ops"), ONCE))
                .expect(200);
        receiver.answering(500);
        connection("/erp", ONCE);
        send("lost");
        eventually(() -> assertThat(tenant.get("/v1/deliveries?target=operations&status=failed")
                        .json()
                        .get("data"))
                .isNotEmpty());
        assertThat(receiver.requests("/ops")).hasSize(1);
    }

    @Test
    void aReceiverThatAsksForNoMoreIsDisabledAlsoWhenItTookTheMessage() {
        receiver.answering(got -> Answer.of(200, Map.of("webhook-delivery", "disable")));
        String connection = connection("/enough", "");
        statusBecomes(send("the last one"), "delivered");
        eventually(() -> assertThat(tenant.get("/v1/connections/" + connection).at("/status"))
                .isEqualTo("disabled"));
    }

    @Test
    void aReceiverMayRefuseOneForGood() {
        receiver.answering(got -> Answer.of(422, Map.of("webhook-delivery", "abort-message")));
        connection("/never", "");
        String id = send("never");
        statusBecomes(id, "failed");
        assertThat(delivery(id).get("reason").asText()).isEqualTo("rejected");
    }

    @Test
    void orderCanBeAskedForWhileDeliveriesWait() {
        String connection = connection("/order", "\"concurrency\":8");
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        for (int i = 0; i < 40; i++) {
            send("n" + i);
        }
        tenant.put(
                        "/v1/connections/" + connection,
                        "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"ordered\":true}".formatted(receiver.url("/order")))
                .expect(200);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        for (int i = 40; i < 60; i++) {
            send("n" + i);
        }
        eventually(() -> assertThat(receiver.requests("/order")).hasSize(60));
        List<String> texts = receiver.requests("/order").stream()
                .map(got -> got.text().replaceAll(".*\"text\":\"(n\\d+)\".*", "$1"))
                .toList();
        for (int i = 0; i < 60; i++) {
            assertThat(texts.get(i)).isEqualTo("n" + i);
        }
        eventually(() -> assertThat(lane(connection).get("depth").asInt()).isZero());
    }

    @Test
    void aReplayOfManyRunsBehindItsAnswer() {
        receiver.answering(500);
        String connection = connection("/again", ONCE);
        for (int i = 0; i < 4; i++) {
            StringBuilder backlog = new StringBuilder("{\"messages\":[");
            for (int j = 0; j < 150; j++) {
                backlog.append(j == 0 ? "" : ",").append("{\"from\":\"91987" + j + "\",\"text\":\"again\"}");
            }
            phone.post("/v1/inbound", backlog + "]}").expect(202);
        }
        eventually(() -> assertThat(tenant.get("/v1/deliveries?status=failed&target=" + connection)
                        .json()
                        .get("data"))
                .isNotEmpty());
        tenant.put(
                        "/v1/connections/" + connection,
                        "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",%s}".formatted(receiver.url("/again?2"), ONCE))
                .expect(200);
        receiver.answering(200);
        eventually(() -> assertThat(lane(connection).get("depth").asInt()).isZero());
        long failed = Long.parseLong(
                tenant.post("/v1/deliveries/replay", "{\"target\":\"" + connection + "\",\"dryRun\":true}")
                        .at("/matched"));
        assertThat(failed).isPositive();
        Api.Reply replay = tenant.post("/v1/deliveries/replay", "{\"target\":\"" + connection + "\"}")
                .expect(202);
        assertThat(replay.at("/matched")).isEqualTo(Long.toString(failed));
        eventually(() -> {
            assertThat(tenant.get("/v1/jobs/" + replay.at("/job")).at("/status"))
                    .isEqualTo("done");
            assertThat(lane(connection).get("depth").asInt()).isZero();
        });
        assertThat(tenant.get("/v1/deliveries?status=failed&target=" + connection)
                        .json()
                        .get("data"))
                .isEmpty();
    }

    @Test
    void theSweepFindsNothingAsARuleAndBringsBackWhatOnlyTheStoreKnows() {
        connection("/sweep", "");
        String id = send("as usual");
        statusBecomes(id, "delivered");
        double before = found(); // by other tests, on a bridge that was held up
        bridge.bean(Sweep.class).run();
        assertThat(found()).isEqualTo(before);

        String lost = delivery(id).get("id").asText();
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update delivery set state = 0, next_at = 1, finished_at = null where id = ?")
                .param(lost)
                .update());
        bridge.bean(Sweep.class).run();
        // The lane may have looked into the store by itself in that very moment: then there is nothing to find.
        assertThat(found()).isLessThanOrEqualTo(before + 1);
        eventually(() -> assertThat(receiver.requests("/sweep")).hasSize(2));
    }

    private double found() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.sweep.found")
                .counter()
                .count();
    }

    private List<String> events() {
        return receiver.requests("/ops").stream()
                .map(got -> got.header("X-MAC-Event"))
                .toList();
    }
}
