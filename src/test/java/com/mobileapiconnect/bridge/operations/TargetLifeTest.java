package com.mobileapiconnect.bridge.operations;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A target that fails for too long is disabled, keeps what it has not got, and gets it all when it is resumed. */
@OnBothDatabases
@ExtendWith(OutputCaptureExtension.class)
class TargetLifeTest {

    @TempDir
    Path data;

    @Test
    void aTargetThatFailsForTooLongIsDisabledAndLosesNothing(Database database, CapturedOutput output) {
        try (Receiver receiver = new Receiver().answering(500);
                RunningBridge bridge = RunningBridge.start(data, database, "bridge.target.disable-after=PT2S")) {
            Api tenant = bridge.tenant();
            String redelivery = "{\"initialDelay\":\"PT0.2S\",\"multiplier\":1,\"maxAttempts\":1000}";
            String connection = tenant.post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"redelivery\":%s}"
                                    .formatted(receiver.url("/erp"), redelivery))
                    .expect(201)
                    .at("/id");
            Instant begun = Instant.now();
            Api phone = bridge.phone();
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"first\"}").expect(202);

            eventually(() -> assertThat(status(tenant, connection)).isEqualTo("disabled"));

            JsonNode disabled =
                    tenant.get("/v1/connections/" + connection).expect(200).json();
            assertThat(disabled.get("statusReason").asText()).contains("has failed since", "without a success");
            assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"second\"}").expect(202);
            assertThat(tenant.get("/v1/deliveries?status=held").json().get("data"))
                    .hasSize(2)
                    .allSatisfy(held -> assertThat(held.get("reason").asText()).isEqualTo("target-disabled"));

            receiver.answering(200);
            tenant.post("/v1/connections/" + connection + "/resume").expect(200);
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=delivered").json().get("data"))
                    .hasSize(2));
            assertThat(status(tenant, connection)).isEqualTo("active");
            assertThat(output.getOut())
                    .containsPattern("Target " + connection + " of tenant ten_\\w+ has failed 10 times in a row")
                    .containsPattern(
                            "Target " + connection + " of tenant ten_\\w+ is disabled, .*: The target has failed");
        }
        assertThat(output.getOut()).contains("Stopping: no more is taken", "No call is under way any more");
    }

    @Test
    void aHeldDeliverySaysWhy(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database)) {
            Api tenant = bridge.tenant();
            String settings = "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com/\",\"enabled\":%s}";
            String path = "/v1/connections/"
                    + tenant.post("/v1/connections", settings.formatted(true))
                            .expect(201)
                            .at("/id");
            tenant.post(path + "/pause").expect(200);
            bridge.phone()
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"first\"}")
                    .expect(202);
            assertThat(tenant.get("/v1/deliveries").at("/data/0/reason")).isEqualTo("target-paused");
            tenant.put(path, settings.formatted(false)).expect(200);
            assertThat(tenant.get("/v1/deliveries").at("/data/0/reason")).isEqualTo("target-off");
        }
    }

    @Test
    void theLogSaysWhenAReceiverIsBack(Database database, CapturedOutput output) {
        try (Receiver receiver = new Receiver().answering(500);
                RunningBridge bridge = RunningBridge.start(data, database)) {
            String redelivery = "{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"maxAttempts\":1000}";
            String connection = bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"redelivery\":%s}"
                                    .formatted(receiver.url("/erp"), redelivery))
                    .expect(201)
                    .at("/id");
            bridge.phone()
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"first\"}")
                    .expect(202);
            eventually(() -> assertThat(output.getOut()).contains("Target " + connection, "has failed 10 times"));
            assertThat(output.getOut()).doesNotContain("answers again");
            receiver.answering(200);
            eventually(
                    () -> assertThat(output.getOut()).containsPattern("Target " + connection + " of .* answers again"));
        }
    }

    private static String status(Api tenant, String connection) {
        return tenant.get("/v1/connections/" + connection).expect(200).at("/status");
    }
}
