package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong passwords lock accounts: one refused login ends the calls of a connection, until a person has seen to it. */
@OnBothDatabases
class LoginRefusedTest {

    private static final int MESSAGES = 20;

    private static RunningBridge bridge;
    private static ScriptedSender sender;

    private Api tenant;
    private String path;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(List.of(ScriptedSender.InPlaceOfWebhooks.class), data, database);
        sender = bridge.bean(ScriptedSender.class);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void asATenantOfItsOwn() {
        RunningBridge.NewTenant made = bridge.newTenant();
        tenant = made.api();
        path = "/" + made.id();
    }

    private String connection(String token) {
        return tenant.post("/v1/connections", settings(token)).expect(201).at("/id");
    }

    private String settings(String token) {
        return """
                {"name":"ERP","outboundUrl":"https://erp.example.com%s","concurrency":1,
                 "http":{"auth":{"type":"bearer","token":"%s"}}}""".formatted(path, token);
    }

    private void send(int messages) {
        Api phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
        for (int i = 0; i < messages; i++) {
            phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + i + "\"}")
                    .expect(202);
        }
    }

    private JsonNode deliveries(String connection, String status) {
        return tenant.get("/v1/deliveries?limit=100&target=" + connection + "&status=" + status)
                .expect(200)
                .json()
                .get("data");
    }

    private static Outcome refused() {
        return new Outcome.LoginRefused(
                new Outcome.Evidence(401, Outcome.ErrorClass.LOGIN, "HTTP 401 with a fresh session", null));
    }

    @Test
    void oneRefusalDisablesTheConnectionHoldsEverythingAndIsTold() {
        AtomicBoolean mended = new AtomicBoolean();
        sender.on(path, attempt -> completedFuture(mended.get() ? ScriptedSender.DELIVERED : refused()));
        tenant.put("/v1/webhooks/operations", "{\"url\":\"https://ops.example.com" + path + "-ops\"}")
                .expect(200);
        String connection = connection("wrong");
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        send(MESSAGES);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        eventually(() -> assertThat(tenant.get("/v1/connections/" + connection).at("/status"))
                .isEqualTo("disabled"));
        assertThat(tenant.get("/v1/connections/" + connection).at("/statusReason"))
                .startsWith("The login was refused (HTTP 401 with a fresh session)");
        JsonNode held = deliveries(connection, "held");
        assertThat(held).hasSize(MESSAGES);
        assertThat(held.findValuesAsText("n")).hasSize(1);
        assertThat(sender.calls(path)).hasSize(1);
        eventually(() -> assertThat(sender.calls(path + "-ops")).singleElement().satisfies(told -> assertThat(
                        told.delivery().payload())
                .contains("target.disabled", connection, "login was refused")));

        mended.set(true);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        eventually(() -> assertThat(deliveries(connection, "delivered")).hasSize(MESSAGES));
        assertThat(sender.calls(path)).hasSize(MESSAGES + 1);
    }

    @Test
    void credentialsThatAPersonReplacedDuringTheCallRefusedNothing() {
        String connection = connection("wrong");
        AtomicBoolean first = new AtomicBoolean(true);
        sender.on(path, attempt -> {
            if (!first.getAndSet(false)) {
                return completedFuture(ScriptedSender.DELIVERED);
            }
            tenant.put("/v1/connections/" + connection, settings("right")).expect(200);
            return completedFuture(refused());
        });
        send(2);
        eventually(() -> assertThat(deliveries(connection, "delivered")).hasSize(2));
        assertThat(tenant.get("/v1/connections/" + connection).at("/status")).isEqualTo("active");
    }
}
