package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing a number beside everything else that goes on with it: nothing comes back, nothing is left half. */
@OnBothDatabases
class EraseBesideTest {

    private static final String ORPHANS = """
            select (select count(*) from delivery d where d.message_seq > 0
                      and not exists (select 1 from message m where m.seq = d.message_seq))
                 + (select count(*) from attempt a where not exists (select 1 from delivery d where d.id = a.delivery_id))
            """;

    static RunningBridge bridge;

    private Api tenant;
    private Api phone;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void tenantWithPhone() {
        tenant = bridge.newTenant().api();
        phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
    }

    private void connection(String url) {
        tenant.post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\"}")
                .expect(201);
    }

    /** Takes in a backlog of so many messages of the number. */
    private void arrive(String number, int messages, String text) {
        StringBuilder backlog = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            backlog.append(i == 0 ? "" : ",").append("{\"from\":\"%s\",\"text\":\"%s %d\"}".formatted(number, text, i));
        }
        phone.post("/v1/inbound", "{\"messages\":[" + backlog + "]}").expect(202);
    }

    private CompletableFuture<Integer> erase(String spelling) {
        return CompletableFuture.supplyAsync(() -> tenant.post("/v1/erase", "{\"number\":\"" + spelling + "\"}")
                .expect(200)
                .json()
                .get("messages")
                .asInt());
    }

    private int left(String number) {
        return tenant.get("/v1/messages?limit=500&from=" + number)
                .json()
                .get("data")
                .size();
    }

    private long orphans() {
        return bridge.bean(Store.class)
                .read(sql -> sql.sql(ORPHANS).query(Long.class).single());
    }

    @Test
    void twoErasuresAtOnceShareTheWork() {
        connection("http://127.0.0.1:9/");
        arrive("+91 98765-43210", 300, "hello");
        arrive("919876500000", 10, "another number");

        List<CompletableFuture<Integer>> both = List.of(erase("919876543210"), erase("+91 98765 43210"));

        assertThat(both.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(300);
        assertThat(left("919876543210")).isZero();
        assertThat(left("919876500000")).isEqualTo(10);
        eventually(() -> assertThat(orphans()).isZero());
        assertThat(tenant.get("/v1/audit").json().findValuesAsText("action").stream()
                        .filter("number.erase"::equals))
                .hasSize(2);
    }

    @Test
    void erasingBesideIntakeLeavesWholeMessagesOrNone() {
        connection("http://127.0.0.1:9/");
        arrive("919876543211", 50, "before");
        CompletableFuture<Void> intake = CompletableFuture.runAsync(
                () -> IntStream.range(0, 20).forEach(i -> arrive("919876543211", 10, "t" + i)));

        int erased =
                IntStream.range(0, 5).map(i -> erase("919876543211").join()).sum();
        intake.join();

        assertThat(erased + left("919876543211")).isEqualTo(250);
        eventually(() -> assertThat(orphans()).isZero());
        tenant.get("/v1/messages?limit=500&from=919876543211")
                .json()
                .get("data")
                .forEach(message -> assertThat(message.get("deliveries")).hasSize(1));
        assertThat(erase("919876543211").join()).isEqualTo(250 - erased);
        assertThat(left("919876543211")).isZero();
    }

    @Test
    void aDeliveryUnderWayLeavesNothingBehind() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Receiver receiver = new Receiver().answering(got -> {
            called.countDown();
            await(answer);
            return Receiver.Answer.of(500, "no");
        })) {
            connection(receiver.url("/"));
            arrive("919876543212", 1, "under way");
            assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(erase("919876543212").join()).isEqualTo(1);
            answer.countDown();

            eventually(() -> assertThat(tenant.get("/v1/targets")
                            .json()
                            .at("/data/0/inFlight")
                            .asInt())
                    .isZero());
            arrive("919876543213", 1, "afterwards");
            eventually(() ->
                    assertThat(receiver.requests()).anyMatch(got -> got.text().contains("afterwards")));
            assertThat(orphans()).isZero();
            assertThat(left("919876543212")).isZero();
            assertThat(tenant.get("/v1/deliveries").json().get("data")).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
