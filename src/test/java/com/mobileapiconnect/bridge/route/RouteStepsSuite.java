package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with a phone, a receiver and a connection to it, on a bridge with steps of an integrator. */
@OnBothDatabases
abstract class RouteStepsSuite {

    static final JsonMapper JSON = new JsonMapper();
    static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    static RunningBridge bridge;

    Receiver receiver;
    Api tenant;
    Api phone;
    String target;

    /** Writes the product's routes, and this one in place of the route of deliveries. */
    static void write(Path routes, String deliver) throws IOException {
        for (String name : new String[] {"accept", "errors", "intake"}) {
            Path own = Path.of("routes", name + ".camel.yaml");
            Files.writeString(routes.resolve(own.getFileName()), Files.readString(own));
        }
        Files.writeString(routes.resolve("deliver.camel.yaml"), deliver);
    }

    @BeforeEach
    void connect() {
        receiver = new Receiver();
        tenant = bridge.tenant();
        phone = bridge.phone();
        target = tenant.connection(
                receiver.url("/erp"),
                "\"secret\":\"" + SECRET + "\",\"redelivery\":{\"timeout\":\"PT30S\",\"initialDelay\":\"PT0.1S\","
                        + "\"multiplier\":1,\"maxAttempts\":2}");
    }

    @AfterEach
    void disconnect() {
        tenant.delete("/v1/connections/" + target + "?discard=true").expect(202, 204);
        receiver.close();
    }

    String send(String text) {
        try {
            return phone.post(
                            "/v1/inbound",
                            JSON.writeValueAsString(Map.of(
                                    "from", "919876543210", "text", text, "receivedAt", "2026-06-12T20:32:00.000Z")))
                    .expect(202)
                    .at("/messages/0/id");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode deliveryOf(String message) {
        return tenant.get("/v1/deliveries?target=" + target + "&messageId=" + message)
                .json()
                .at("/data/0");
    }
}
