package com.mobileapiconnect.bridge.tenant;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant has under way takes nothing from another tenant. */
@OnBothDatabases
class AtOnceTest {

    private static final int TURNS = 4;

    private final CountDownLatch gate = new CountDownLatch(1);

    @TempDir
    Path data;

    private boolean await() {
        try {
            return gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Api newTenant(RunningBridge bridge) {
        String id = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"B\"}")
                .expect(201)
                .at("/id");
        return bridge.operator()
                .as(bridge.operator()
                        .post("/v1/tenants/" + id + "/keys")
                        .expect(201)
                        .at("/key"));
    }

    private static RunningBridge start(Path data, Database database, String limit) {
        return RunningBridge.start(
                data,
                database,
                "spring.threads.virtual.enabled=false",
                "server.tomcat.threads.max=" + 4 * TURNS, // a quarter for what is neither phones nor health
                "bridge.tenant.limits." + limit);
    }

    @Test
    void testsOfAHangingReceiverHoldNoTurnAndAreFew(Database database) {
        try (Receiver hanging = new Receiver().answering(got -> {
                    await();
                    return Receiver.Answer.of(200);
                });
                RunningBridge bridge = start(data, database, "tests-at-once=" + 2 * TURNS)) {
            bridge.tenant()
                    .put(
                            "/v1/webhooks",
                            "{\"url\":\"" + hanging.url("/")
                                    + "\",\"enabled\":false,\"redelivery\":{\"timeout\":\"PT30S\"}}")
                    .expect(200);
            Api phoneOfB = bridge.operator()
                    .as(newTenant(bridge)
                            .post("/v1/devices", "{\"name\":\"p\"}")
                            .at("/token"));
            List<CompletableFuture<Api.Reply>> tests = new ArrayList<>();
            for (int i = 0; i < 2 * TURNS; i++) {
                tests.add(CompletableFuture.supplyAsync(() -> bridge.tenant().post("/v1/webhooks/test")));
            }
            eventually(() -> assertThat(hanging.requests()).hasSize(2 * TURNS));

            phoneOfB.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
            Api.Reply beyond = bridge.tenant().post("/v1/webhooks/test").expect(429);
            assertThat(beyond.header("Retry-After")).isEqualTo("1");
            assertThat(beyond.at("/detail")).contains("testsAtOnce");

            gate.countDown();
            tests.forEach(
                    test -> assertThat(test.join().expect(200).at("/outcome")).isEqualTo("success"));
            bridge.tenant().post("/v1/webhooks/test").expect(200);
        }
    }

    @Test
    void requestsThatWaitLeaveTurnsToOtherTenants(Database database) {
        try (RunningBridge bridge = start(data, database, "requests-at-once=2")) {
            Api other = newTenant(bridge);
            CompletableFuture<Boolean> held = bridge.bean(Store.class).write(tx -> await());
            List<CompletableFuture<Api.Reply>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(CompletableFuture.supplyAsync(
                        () -> untilThereIsRoom(() -> bridge.tenant().post("/v1/keys"))));
            }
            eventually(() -> bridge.tenant().get("/v1/rules").expect(429));
            other.get("/v1/rules").expect(200);

            gate.countDown();
            assertThat(held.join()).isTrue();
            waiting.forEach(request -> request.join().expect(201));
            bridge.tenant().get("/v1/rules").expect(200);
        }
    }

    @Test
    void longRequestsAreFewAndARefusedOneHoldsNothing(Database database) {
        try (RunningBridge bridge = start(data, database, "long-requests-at-once=1")) {
            CompletableFuture<Boolean> held = bridge.bean(Store.class).write(tx -> await());
            CompletableFuture<Api.Reply> config = CompletableFuture.supplyAsync(
                    () -> untilThereIsRoom(() -> bridge.tenant().put("/v1/config", "rules: [{name: r}]")));
            eventually(() -> bridge.tenant()
                    .post("/v1/rules/test", "{\"message\":{\"from\":\"1\",\"text\":\"t\"}}")
                    .expect(429));

            gate.countDown();
            assertThat(held.join()).isTrue();
            config.join().expect(200);
            bridge.tenant().put("/v1/config", "rules: []").expect(200);
            bridge.tenant().put("/v1/config", "rules: 7").expect(422);
            bridge.tenant().put("/v1/config", "rules: []").expect(200);
        }
    }

    /** What the test itself asks meanwhile may have the last place at that moment. */
    private static Api.Reply untilThereIsRoom(Supplier<Api.Reply> request) {
        Api.Reply reply = request.get();
        while (reply.status() == 429) {
            reply = request.get();
        }
        return reply;
    }
}
