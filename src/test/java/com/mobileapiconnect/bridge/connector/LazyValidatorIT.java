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
    void neitherTheValidatorNorTheLibrariesOfConnectorsAreLoadedForWebhooks() throws IOException {
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
            bridge.tenant()
                    .post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com/\"}")
                    .expect(201);
        }
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("bridge.connector.PropertySchema "))
                .noneMatch(line -> line.contains("com.networknt"))
                .noneMatch(line -> line.contains(" org.apache.olingo.") || line.contains(".component.olingo4."))
                .noneMatch(line -> line.contains(" org.apache.http.") || line.contains(".dataformat.xml.XmlFactory"))
                .noneMatch(line -> line.contains(".KafkaProducer ") || line.contains(".component.kafka."))
                .noneMatch(line -> line.contains(".hc.client5.http.impl.")
                        || line.contains(".http.psl.")
                        || line.contains(".HttpComponent "))
                .noneMatch(line -> line.contains(" org.eclipse.angus.") || line.contains(".MailComponent "))
                // Not the JDBC drivers: Java looks at each that is a file of its own. The jar names none of them to it.
                .noneMatch(line -> line.contains(".component.sql.") || line.contains(".component.seda."))
                .noneMatch(line -> line.contains(" org.apache.camel.spring.boot."));
    }
}
