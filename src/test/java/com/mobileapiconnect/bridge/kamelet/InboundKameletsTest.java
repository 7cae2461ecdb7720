package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone app that is only a mapping is one file. */
class InboundKameletsTest {

    @TempDir
    static Path files;

    @TempDir
    static Path data;

    private static RunningBridge bridge;

    private Api tenant;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(data, "bridge.connectors.dir=" + files);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = bridge.newTenant().api();
    }

    private static void save(String app, String mapping) {
        KameletFiles.save(files, app + "-inbound-action", """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s-inbound-action
                  labels:
                    camel.apache.org/kamelet.type: action
                spec:
                  definition:
                    title: My app
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - to:
                            uri: phone:read
                            parameters:
                              mapping: '%s'
                """.formatted(app, mapping));
    }

    private Api.Reply pair(String adapter, String more) {
        return tenant.post("/v1/devices", "{\"name\":\"app\",\"adapter\":\"" + adapter + "\"" + more + "}");
    }

    private static String pathOf(Api.Reply paired) {
        return URI.create(paired.expect(201).at("/pairing/url")).getPath();
    }

    private JsonNode taken(String path, String body) {
        bridge.nobody().post(path, body).expect(200);
        return tenant.get("/v1/messages").json().at("/data/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "huawei | {\"Index\":\"7\",\"Phone\":\"+49170\",\"Content\":\"Grüße\",\"Date\":\"2026-06-12 14:32:00\"} | +49170 | Grüße",
                "zte | {\"id\":\"7\",\"number\":\"+49170\",\"content\":\"00480069\",\"date\":\"26,06,12,14,32,00,+8\"} | +49170 | Hi",
                "teltonika | {\"sender\":\"+37060000009\",\"message\":\"ALARM\",\"router\":\"37060000001\"} | +37060000009 | ALARM"
            })
    void theProductsOwnAreAdaptersLikeTheOthers(String adapter, String body, String from, String text) {
        JsonNode message = taken(pathOf(pair(adapter, "")), body);

        assertThat(message.get("from").asText()).isEqualTo(from);
        assertThat(message.get("text").asText()).isEqualTo(text);
    }

    @Test
    void aSavedFileIsAnAdapterSoonAndOneWithAMistakeChangesNothing() {
        assertThat(pair("my-app", "").expect(422).text()).contains("teltonika");
        save("my-app", "{\"from\":\"/who\",\"text\":\"/what\"}");
        within(10, () -> pair("my-app", "").expect(201));
        String path = pathOf(pair("my-app", ""));
        assertThat(taken(path, "{\"who\":\"911\",\"what\":\"first\"}")
                        .get("text")
                        .asText())
                .isEqualTo("first");

        save("my-app", "{\"from\":\"/who\"}"); // without a text
        save("another", "{\"text\":\"/what\"}");
        within(10, () -> pair("another", "").expect(201));
        assertThat(taken(path, "{\"who\":\"911\",\"what\":\"second\"}")
                        .get("text")
                        .asText())
                .isEqualTo("second");
        save("my-app", "{\"from\":\"/who\",\"text\":\"/else\"}");
        within(10, () -> assertThat(taken(path, "{\"who\":\"911\",\"else\":\"third\"}")
                        .get("text")
                        .asText())
                .isEqualTo("third"));
    }

    @Test
    void withASigningKeyAnUnsignedRequestIsRefused() {
        String path = pathOf(pair("teltonika", ",\"signingKey\":\"0123456789abcdef\""));

        bridge.nobody().post(path, "{\"sender\":\"1\",\"message\":\"x\"}").expect(401);
    }

    @Test
    void noConnectionMayNameSuchAFile() {
        assertThat(bridge.tenant().get("/v1/connectors").text()).doesNotContain("inbound-action");
    }
}
