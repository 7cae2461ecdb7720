package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant's names that nobody answers for, and what they cost it and another. */
class SilentNamesTest {

    private static final int NAMES = 100;

    @TempDir
    Path data;

    private final CountDownLatch silence = new CountDownLatch(1);
    private final Receiver receiver = new Receiver();
    private RunningBridge bridge;
    private Api other;

    @BeforeEach
    void start() {
        bridge = RunningBridge.start(List.of(FakeNames.class), data);
        FakeNames names = bridge.bean(FakeNames.class);
        for (int i = 0; i < NAMES; i++) {
            names.tell("silent" + i + ".example.com", host -> {
                awaitQuietly();
                return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            });
        }
        names.tell("erp.example.com", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        other = bridge.newTenant().api();
    }

    @AfterEach
    void stop() {
        silence.countDown();
        bridge.close();
        receiver.close();
    }

    private void awaitQuietly() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String connection(Api tenant, String host, String timeout) {
        return tenant.post("/v1/connections", """
                        {"name":"ERP","outboundUrl":"http://%s:%d/","redelivery":{"timeout":"%s","initialDelay":"PT1H"}}""".formatted(host, receiver.port(), timeout))
                .expect(201)
                .at("/id");
    }

    private static void send(Api tenant) {
        String token = tenant.post("/v1/devices", "{\"name\":\"phone\",\"number\":\"1\"}")
                .expect(201)
                .at("/token");
        tenant.as(token).post("/v1/inbound", "{\"from\":\"2\",\"text\":\"t\"}").expect(202);
    }

    private List<JsonNode> deliveries(Api tenant) {
        return tenant.get("/v1/deliveries?limit=500")
                .expect(200)
                .json()
                .get("data")
                .findParents("attempts");
    }

    @Test
    void theyCostAnotherTenantNoAttemptAndItsOwnOnlyThoseThatWereLookedUp() {
        for (int i = 0; i < NAMES; i++) {
            // long enough for whatever is not silent, on a busy machine too
            connection(bridge.tenant(), "silent" + i + ".example.com", "PT10S");
        }
        connection(other, "erp.example.com", "PT30S");
        send(bridge.tenant());
        send(other);
        eventually(() -> assertThat(deliveries(other)).singleElement().satisfies(delivery -> {
            assertThat(delivery.get("status").asText()).isEqualTo("delivered");
            assertThat(delivery.get("attempts")).hasSize(1);
        }));

        eventually(() -> assertThat(deliveries(bridge.tenant()))
                .hasSize(NAMES)
                .filteredOn(delivery -> !delivery.get("attempts").isEmpty())
                .hasSize(16)
                .allSatisfy(delivery ->
                        assertThat(delivery.findValuesAsText("errorClass")).containsExactly("dns")));
        eventually(() -> assertThat(
                        bridge.tenant().get("/v1/targets?limit=500").json().findValuesAsText("errorClass"))
                .as("the others wait, and their lanes say why")
                .contains("busy"));

        silence.countDown();
        eventually(() -> assertThat(deliveries(bridge.tenant()))
                .filteredOn(delivery -> delivery.get("status").asText().equals("delivered"))
                .hasSize(NAMES - 16)
                .allSatisfy(delivery -> assertThat(delivery.get("attempts")).hasSize(1)));
    }

    @Test
    void aTokenEndpointThatIsNotLookedUpCostsNoAttemptEither() {
        for (int i = 0; i < 16; i++) {
            connection(bridge.tenant(), "silent" + i + ".example.com", "PT2S");
        }
        send(bridge.tenant());
        String id = bridge.tenant()
                .post("/v1/connections", """
                        {"name":"ERP","outboundUrl":"http://127.0.0.1:%d/","redelivery":{"timeout":"PT1S"},
                         "http":{"auth":{"type":"oauth2","tokenUrl":"http://login.example.com/token","clientId":"c",
                         "clientSecret":"s"}}}""".formatted(receiver.port()))
                .expect(201)
                .at("/id");
        eventually(() -> assertThat(deliveries(bridge.tenant()))
                .filteredOn(delivery -> !delivery.get("attempts").isEmpty())
                .hasSize(16));
        assertThat(bridge.tenant()
                        .post("/v1/connections/" + id + "/test")
                        .expect(200)
                        .at("/errorClass"))
                .isEqualTo("busy");
    }
}
