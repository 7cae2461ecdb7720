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
import org.junit.jupiter.api.io.TempDir;

/** A target that fails for too long is disabled, keeps what it has not got, and gets it all when it is resumed. */
@OnBothDatabases
class TargetLifeTest {

    @TempDir
    Path data;

    @Test
    void aTargetThatFailsForTooLongIsDisabledAndLosesNothing(Database database) {
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
                    .hasSize(2);

            receiver.answering(200);
            tenant.post("/v1/connections/" + connection + "/resume").expect(200);
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=delivered").json().get("data"))
                    .hasSize(2));
            assertThat(status(tenant, connection)).isEqualTo("active");
        }
    }

    private static String status(Api tenant, String connection) {
        return tenant.get("/v1/connections/" + connection).expect(200).at("/status");
    }
}
