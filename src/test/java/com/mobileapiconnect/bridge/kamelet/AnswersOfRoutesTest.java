package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that is a file may answer the customer, whatever its route called. */
class AnswersOfRoutesTest {

    private static RunningBridge bridge;
    private static Path connectors;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        connectors = Files.createDirectory(data.resolve("connectors"));
        bridge =
                RunningBridge.start(data, "bridge.connectors.dir=" + connectors, "bridge.connectors.look-every=PT0.1S");
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    /** A file that is saved while the bridge runs. */
    private static void save(Api tenant, String name, String text) {
        KameletFiles.save(connectors, name, text);
        within(20, () -> assertThat(tenant.get("/v1/connectors?limit=500").text())
                .contains(name));
    }

    @Test
    void theBodyThatARouteLeavesIsTheAnswerForTheCustomer() {
        Api tenant = bridge.newTenant().api();
        save(tenant, "says-hello", KameletFiles.kamelet("says-hello", "properties: {}", """
                - setBody: {constant: '{"sms":"Hello from the route"}'}
                - to: outbox:done?externalId=1
                """));
        tenant.post("/v1/connections", "{\"name\":\"Hello\",\"connector\":\"says-hello\",\"replyFrom\":\"/sms\"}")
                .expect(201);
        JsonNode delivery = delivery(tenant, sms(phone(tenant), "hi"), "delivered");
        assertThat(delivery.at("/reply/text").asText()).isEqualTo("Hello from the route");
        assertThat(delivery.path("externalId").asText()).isEqualTo("1");
    }

    private static Api phone(Api tenant) {
        return tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
    }

    private static String sms(Api phone, String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private static JsonNode delivery(Api tenant, String message, String status) {
        String path = "/v1/deliveries?messageId=" + message;
        within(20, () -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get("/v1/deliveries/" + tenant.get(path).at("/data/0/id")).json();
    }
}
