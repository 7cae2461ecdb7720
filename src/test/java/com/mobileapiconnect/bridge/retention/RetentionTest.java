package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been delivered ages out by the settings; what has not is kept whatever its age, and can be replayed. */
@OnBothDatabases
class RetentionTest {

    private static final RetentionSettings SETTINGS = new RetentionSettings(
            Duration.ofDays(90),
            Duration.ofDays(20),
            Duration.ofDays(10),
            Duration.ofDays(90),
            Duration.ofDays(400),
            Duration.ofDays(7),
            Duration.ofDays(400),
            Duration.ofDays(1));

    @TempDir
    Path data;

    private RunningBridge bridge;
    private Api tenant;

    @Test
    void onlyWhatWasDeliveredAgesOut(Database database) {
        try (Receiver receiver =
                        new Receiver().answering(got -> Answer.of(got.path().equals("/ok") ? 200 : 500, "hm"));
                RunningBridge running = RunningBridge.start(data, database)) {
            bridge = running;
            tenant = bridge.tenant();
            connection(receiver.url("/ok"), "ok", "{}");
            connection(receiver.url("/later"), "later", "{\"initialDelay\":\"PT24H\"}");
            connection(receiver.url("/never"), "never", "{\"maxAttempts\":1}");
            Api phone = bridge.phone();
            List<String> ids = List.of("ok", "later", "never", "nobody").stream()
                    .map(text -> phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"" + text + "\"}")
                            .expect(202)
                            .at("/messages/0/id"))
                    .toList();
            eventually(() ->
                    assertThat(ids.subList(0, 3)).allMatch(id -> attempts(id).size() == 1));
            SettableClock clock = new SettableClock(Instant.now());
            Retention retention = new Retention(
                    List.copyOf(bridge.beans(TableOwner.class)),
                    bridge.bean(Store.class),
                    bridge.bean(WriterSteps.class),
                    clock,
                    SETTINGS,
                    bridge.bean(MeterRegistry.class));

            clock.advance(Duration.ofDays(9));
            retention.run();
            assertThat(attempts(ids.get(0)).get(0).get("responseBody").asText()).isEqualTo("hm");

            clock.advance(Duration.ofDays(2));
            retention.run();
            assertThat(attempts(ids.get(0)).get(0).get("responseBody").isNull()).isTrue();
            assertThat(attempts(ids.get(1)).get(0).get("responseBody").asText()).isEqualTo("hm");

            clock.advance(Duration.ofDays(10));
            retention.run();
            assertThat(attempts(ids.get(0))).isEmpty();
            assertThat(attempts(ids.get(1))).hasSize(1);
            assertThat(stored()).containsExactlyInAnyOrder("ok", "later", "never", "nobody");

            clock.advance(Duration.ofDays(70));
            retention.runInTime(); // by no clock but this one so much time has passed
            assertThat(stored()).containsExactlyInAnyOrder("ok", "later", "never", "nobody");
            retention.run();
            assertThat(stored()).containsExactlyInAnyOrder("later", "never");

            receiver.answering(200);
            for (String id : ids.subList(1, 3)) {
                tenant.post("/v1/deliveries/" + delivery(id).get("id").asText() + "/retry")
                        .expect(202);
                eventually(() -> assertThat(delivery(id).get("status").asText()).isEqualTo("delivered"));
            }
            retention.run();
            assertThat(stored()).isEmpty();
        }
    }

    private void connection(String url, String text, String redelivery) {
        tenant.post("/v1/connections", """
                        {"name":"%s","outboundUrl":"%s","redelivery":%s,
                         "when":{"field":"text","op":"equals","value":"%s"}}""".formatted(text, url, redelivery, text))
                .expect(201);
    }

    private JsonNode delivery(String messageId) {
        return tenant.get("/v1/deliveries?messageId=" + messageId).json().at("/data/0");
    }

    private JsonNode attempts(String messageId) {
        return delivery(messageId).path("attempts");
    }

    private List<String> stored() {
        return tenant.get("/v1/messages").json().findValuesAsText("text");
    }
}
