package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists that take long wait for each other within their tenant, and for nobody else. */
class ListsInTurnTest extends ReceiverSuite {

    private static final List<String> LONG = List.of(
            "/v1/messages",
            "/v1/messages?q=zz",
            "/v1/deliveries",
            "/v1/outgoing",
            "/v1/opt-outs",
            "/v1/audit",
            "/v1/jobs",
            "/v1/targets",
            "/v1/stats",
            "/v1/history?number=919876543210");

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void end() {
        gate.countDown();
        callers.shutdown();
    }

    private double waiting() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.turns.waiting")
                .tag("threads", "store-lists")
                .gauge()
                .value();
    }

    /** Begins a query of a tenant that does not end. */
    private void hangs(String tenantId) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        callers.execute(() -> bridge.bean(Store.class).read(tenantId, sql -> {
            begun.countDown();
            try {
                return gate.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }));
        begun.await();
    }

    @Test
    void eachLongListIsAskedInTheTurnOfItsTenant() throws Exception {
        var busy = bridge.newTenant();
        hangs(busy.id());
        List<CompletableFuture<Api.Reply>> answers = LONG.stream()
                .map(path -> CompletableFuture.supplyAsync(() -> busy.api().get(path), callers))
                .toList();
        eventually(() -> assertThat(waiting()).isEqualTo(LONG.size()));

        LONG.forEach(path -> tenant.get(path).expect(200));
        assertThat(waiting()).isEqualTo(LONG.size());
        gate.countDown();
        for (CompletableFuture<Api.Reply> answer : answers) {
            answer.get(60, TimeUnit.SECONDS).expect(200);
        }
    }

    @Test
    void phonesAndDeliveriesDoNotWaitForLists() throws Exception {
        var busy = bridge.newTenant();
        busy.api()
                .put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}")
                .expect(200);
        Api itsPhone = busy.api()
                .as(busy.api()
                        .post("/v1/devices", "{\"name\":\"p\"}")
                        .expect(201)
                        .at("/token"));
        hangs(busy.id());
        hangs(bridge.newTenant().id());

        itsPhone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        itsPhone.get("/v1/outbox?wait=0").expect(200);
    }
}
