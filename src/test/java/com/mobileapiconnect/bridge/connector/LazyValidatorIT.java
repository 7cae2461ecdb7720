package com.mobileapiconnect.bridge.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own loads for webhooks, which all have. */
class LazyValidatorIT {

    @TempDir
    Path data;

    @Test
    void theValidatorIsNotLoadedForWebhooks() throws IOException {
        Path classes = data.resolve("classes.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                "com.mobileapiconnect.bridge.BridgeApplication");
        Map<String, String> keys = Map.of("BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY);
        try (BridgeProcess bridge = BridgeProcess.launch(
                        command, Path.of("").toAbsolutePath(), data.resolve("data"), keys)
                .awaitReady()) {
            bridge.tenant().get("/v1/connectors").expect(200);
            bridge.tenant()
                    .post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com/\"}")
                    .expect(201);
        }
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("bridge.connector.PropertySchema "))
                .noneMatch(line -> line.contains("com.networknt"));
    }
}
