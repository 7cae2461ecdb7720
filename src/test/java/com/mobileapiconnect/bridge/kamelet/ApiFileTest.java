package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of integrators' own for APIs over HTTP: the one in examples/connectors, and one with a mistake. */
class ApiFileTest {

    private static final Path EXAMPLE = Path.of("examples/connectors/hubspot-contact.kamelet.yaml");
    private static final String MISTAKEN = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: mistaken
              annotations: {mobileapiconnect.com/needs: outboundUrl}
            spec:
              definition:
                title: Mistaken
                description: Its body is no JSON.
                type: object
                properties:
                  body: {title: Body, description: The whole, type: string, format: template, default: '{"a": {{text}}}'}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - to: erp:http
            """;

    @TempDir
    static Path directory;

    private static RunningBridge bridge;
    private static Receiver api;

    @BeforeAll
    static void start() throws IOException {
        Path connectors = Files.createDirectory(directory.resolve("connectors"));
        Files.copy(EXAMPLE, connectors.resolve(EXAMPLE.getFileName()));
        Files.writeString(connectors.resolve("mistaken.kamelet.yaml"), MISTAKEN);
        bridge = RunningBridge.start(directory.resolve("data"), "bridge.connectors.dir=" + connectors);
        api = new Receiver();
    }

    @AfterAll
    static void stop() {
        bridge.close();
        api.close();
    }

    private static JsonNode delivery(String message, int attempts) {
        String query = "/v1/deliveries?messageId=" + message;
        within(30, () -> {
            JsonNode delivery = bridge.tenant().get(query).json().at("/data/0");
            assertThat(delivery.path("status").asText()).isEqualTo("delivered");
            assertThat(delivery.path("attempts")).hasSize(attempts);
        });
        return bridge.tenant().get(query).json().at("/data/0");
    }

    @Test
    void anSmsIsAContactAndARepeatMakesNoSecond() {
        AtomicInteger calls = new AtomicInteger();
        api.answering(got -> calls.incrementAndGet() == 1
                ? Answer.of(201, "{\"id\":\"501\"}")
                : Answer.of(409, "{\"message\":\"Contact already exists\"}"));
        String connection = bridge.tenant()
                .connection(
                        api.url("/crm/v3/objects/contacts"),
                        "\"connector\":\"hubspot-contact\",\"http\":{\"auth\":{\"type\":\"bearer\",\"token\":\"pat-0123456789\"}}");
        String message = bridge.phone()
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"it's \\\"x\\\"\"}")
                .expect(202)
                .at("/messages/0/id");
        JsonNode delivery = delivery(message, 1);
        String id = delivery.path("id").asText();

        assertThat(delivery.path("externalId").asText()).isEqualTo("501");
        assertThat(api.requests().get(0).header("Authorization")).isEqualTo("Bearer pat-0123456789");
        assertThat(api.requests().get(0).text())
                .isEqualTo("{\"properties\":{\"phone\":\"919876543210\",\"lastname\":\"SMS from 919876543210\","
                        + "\"message\":\"it's \\\"x\\\"\",\"bridge_delivery\":\"" + id + "\"}}");
        bridge.tenant().post("/v1/deliveries/" + id + "/retry").expect(202);
        delivery(message, 2);
        bridge.tenant().delete("/v1/connections/" + connection).expect(204);
    }

    @Test
    void whatAFilesOwnDefaultsCannotSendIsToldInWords() {
        String connection = bridge.tenant().connection(api.url("/x"), "\"connector\":\"mistaken\"");
        assertThat(bridge.tenant()
                        .post(
                                "/v1/connections/" + connection + "/preview",
                                "{\"message\":{\"from\":\"919876543210\",\"text\":\"x\"}}")
                        .expect(422)
                        .text())
                .contains("The body is no JSON");
        bridge.tenant().delete("/v1/connections/" + connection).expect(204);
    }
}
