package com.mobileapiconnect.bridge.drop;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection of a connector that is a file goes on after a start, although nobody has asked for connectors since. */
class FileDropRestartTest {

    @Test
    void theFirstDeliveryAfterAStartArrives(@TempDir Path data, @TempDir Path folder) {
        String token;
        try (RunningBridge bridge = RunningBridge.start(data)) {
            bridge.operator()
                    .put("/v1/resources/drop", "{\"kind\":\"folder\",\"path\":\"" + folder + "\",\"tenants\":\"all\"}")
                    .expect(200);
            bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"connector\":\"file-drop\",\"properties\":{\"folder\":\"drop\"}}")
                    .expect(201);
            token = bridge.tenant()
                    .post("/v1/devices", "{\"name\":\"phone\"}")
                    .expect(201)
                    .at("/token");
        }
        try (RunningBridge bridge = RunningBridge.start(data)) {
            bridge.tenant()
                    .as(token)
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}")
                    .expect(202);

            within(20, () -> {
                try (var files = Files.list(folder)) {
                    assertThat(files).hasSize(1);
                }
            });
        }
    }
}
