package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of one tenant that take all the room there is, and what is left to the others. */
class TenantPlacesTest {

    @TempDir
    Path data;

    private RunningBridge bridge;
    private ScriptedSender sender;
    private final Queue<CompletableFuture<Outcome>> hanging = new ConcurrentLinkedQueue<>();

    private CompletableFuture<Outcome> hangs() {
        CompletableFuture<Outcome> call = new CompletableFuture<>();
        hanging.add(call);
        return call;
    }

    private void start(String... settings) {
        bridge = RunningBridge.start(List.of(ScriptedSender.InPlaceOfWebhooks.class), data, settings);
        sender = bridge.bean(ScriptedSender.class);
    }

    @AfterEach
    void stop() {
        sender.on("/hangs", attempt -> CompletableFuture.completedFuture(ScriptedSender.DELIVERED));
        hanging.forEach(call -> call.complete(ScriptedSender.DELIVERED));
        bridge.close();
    }

    private Api another() {
        String id = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"Other\"}")
                .expect(201)
                .at("/id");
        return bridge.operator()
                .as(bridge.operator()
                        .post("/v1/tenants/" + id + "/keys", "{}")
                        .expect(201)
                        .at("/key"));
    }

    private static String connection(Api tenant, String path) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com" + path
                                + "\",\"redelivery\":{\"timeout\":\"PT30S\"}}") // until then those that hang hang
                .expect(201)
                .at("/id");
    }

    private static void send(Api tenant) {
        send(tenant, "t");
    }

    private static void send(Api tenant, String text) {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token");
        tenant.as(token)
                .post("/v1/inbound", "{\"from\":\"2\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    @Test
    void manyHangingTargetsOfOneTenantLeaveAQuarterOfThePlacesToOthers() {
        start("bridge.outbox.max-calls=16");
        sender.on("/hangs", attempt -> hangs());
        for (int i = 0; i < 30; i++) {
            connection(bridge.tenant(), "/hangs");
        }
        Api other = another();
        connection(other, "/fine");
        send(bridge.tenant());
        eventually(() -> assertThat(sender.calls("/hangs")).hasSize(12));
        send(other);
        within(5, () -> assertThat(sender.calls("/fine")).hasSize(1));
        assertThat(sender.calls("/hangs")).hasSize(12);
    }

    @Test
    void longTextsThatHangAreUnderWayOnlyAsFarAsMemoryGoesAndTheOthersFollow() {
        start("bridge.outbox.memory=1MB");
        sender.on("/hangs", attempt -> hangs());
        for (int i = 0; i < 30; i++) {
            connection(bridge.tenant(), "/hangs");
        }
        Api other = another();
        connection(other, "/fine");
        send(bridge.tenant(), "t".repeat(90_000));
        eventually(() -> assertThat(sender.calls("/hangs")).hasSize(4));
        send(other);
        within(5, () -> assertThat(sender.calls("/fine")).hasSize(1));
        assertThat(sender.calls("/hangs")).hasSize(4);

        sender.on("/hangs", attempt -> CompletableFuture.completedFuture(ScriptedSender.DELIVERED));
        hanging.forEach(call -> call.complete(ScriptedSender.DELIVERED));
        within(20, () -> assertThat(sender.calls("/hangs")).hasSize(30));
    }

    @Test
    void aCallThatTheBridgeHasNoRoomForIsMadeAMomentLaterAndCostsNoAttempt() {
        start();
        AtomicInteger asked = new AtomicInteger();
        sender.on(
                "/busy",
                attempt -> CompletableFuture.completedFuture(
                        asked.incrementAndGet() <= 2 ? Outcome.Deferred.because("No room") : ScriptedSender.DELIVERED));
        String id = connection(bridge.tenant(), "/busy");
        send(bridge.tenant());
        eventually(() -> assertThat(bridge.tenant()
                        .get("/v1/targets")
                        .json()
                        .at("/data/0/lastError/error")
                        .asText())
                .isEqualTo("No room"));
        eventually(() -> assertThat(bridge.tenant()
                        .get("/v1/deliveries?target=" + id)
                        .json()
                        .at("/data/0/status")
                        .asText())
                .isEqualTo("delivered"));
        assertThat(bridge.tenant().get("/v1/deliveries?target=" + id).json().at("/data/0/attempts"))
                .hasSize(1);
        assertThat(sender.calls("/busy")).allMatch(attempt -> attempt.number() == 1);
        assertThat(bridge.bean(MeterRegistry.class)
                        .get("bridge.attempts.deferred")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
