package com.mobileapiconnect.bridge.support;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a connector whose system is a fake: connections to it, messages, and what becomes of them. */
public abstract class ErpSuite extends SharedSqliteSuite {

    protected static final String NO_WAITING = ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1}";

    protected Receiver system;
    protected Api tenant;
    private Api phone;

    @BeforeEach
    void open() {
        system = new Receiver();
        tenant = bridge.newTenant().api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void close() {
        tenant.deleteConnections();
        system.close();
    }

    /** @param more fields of the connection, each with a comma before it */
    protected final String connection(String connector, String properties, String more) {
        return tenant.connection(
                system.url("/"), "\"connector\":\"" + connector + "\",\"properties\":" + properties + more);
    }

    /** Has a phone take a message in, and returns its id. */
    protected final String sms(String text) {
        return phone.post(
                        "/v1/inbound",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("from", "919876543210")
                                .put("text", text)
                                .toString())
                .expect(202)
                .at("/messages/0/id");
    }

    /** Returns the delivery of a message once it has come to that. */
    protected final JsonNode delivery(String message, String status) {
        String path = "/v1/deliveries?messageId=" + message;
        eventually(() -> {
            JsonNode seen = tenant.get(path).json().at("/data/0");
            assertThat(seen.path("status").asText()).as(seen.toString()).isEqualTo(status);
        });
        return tenant.get(path).json().at("/data/0");
    }

    protected final JsonNode sent(String text, String status) {
        return delivery(sms(text), status);
    }

    protected final JsonNode tested(String connection) {
        return tenant.post("/v1/connections/" + connection + "/test")
                .expect(200)
                .json();
    }

    protected final JsonNode previewed(String connection) {
        return tenant.post(
                        "/v1/connections/" + connection + "/preview",
                        "{\"message\":{\"from\":\"919876543210\",\"text\":\"a < b\"}}")
                .expect(200)
                .json();
    }

    protected static Receiver.Answer json(int status, JsonNode body) {
        return json(status, body.toString());
    }

    protected static Receiver.Answer json(int status, String body) {
        return new Receiver.Answer(
                status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A page for people, as proxies and login pages are. */
    public static Receiver.Answer html(int status) {
        return new Receiver.Answer(
                status,
                Map.of("Content-Type", "text/html"),
                ("<!doctype html><html lang=en><title>" + status + "</title><h1>Said so</h1>")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
