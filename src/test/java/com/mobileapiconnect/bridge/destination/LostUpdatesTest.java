package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several people do at once to one target, or to one device, all counts. */
class LostUpdatesTest extends SharedBridgeSuite {

    /** Set it to 1000 to look longer. */
    private static final int ROUNDS = Integer.getInteger("bridge.test.rounds", 100);

    private static final int AT_ONCE = 32;
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    private static Api tenant;

    @BeforeDatabase
    static void aTenant() {
        tenant = bridge.tenant();
    }

    private String connection;

    @BeforeEach
    void aConnection() {
        connection = "/v1/connections/"
                + tenant.post("/v1/connections", settings("first")).expect(201).at("/id");
    }

    private static String settings(String name) {
        return "{\"name\":\"" + name + "\",\"outboundUrl\":\"https://erp.example.com/sms\"}";
    }

    private String id() {
        return connection.substring(connection.lastIndexOf('/') + 1);
    }

    private JsonNode now() {
        return tenant.get(connection).expect(200).json();
    }

    private String row(String column) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select " + column + " from target where id = ?")
                .param(id())
                .query(String.class)
                .single());
    }

    /** All of them begin at the same moment; returns their statuses. */
    private static List<Integer> atOnce(List<Supplier<Api.Reply>> calls) {
        CountDownLatch begin = new CountDownLatch(1);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (Supplier<Api.Reply> call : calls) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            begin.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return call.get().status();
                    },
                    CALLERS));
        }
        begin.countDown();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void aPauseBesideAPutLosesNeither() {
        int lost = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String name = "name " + i;
            tenant.post(connection + "/resume").expect(200);
            List<Integer> statuses = atOnce(
                    List.of(() -> tenant.put(connection, settings(name)), () -> tenant.post(connection + "/pause")));
            JsonNode now = now();
            assertThat(statuses).containsOnly(200);
            lost += now.at("/status").asText().equals("paused")
                            && now.at("/name").asText().equals(name)
                    ? 0
                    : 1;
        }
        assertThat(lost).isZero();
    }

    @Test
    void memoryAndRowAreTheSameAfterManyPutsAtOnce() {
        int apart = 0;
        for (int i = 0; i < Math.max(1, ROUNDS / 5); i++) {
            List<Supplier<Api.Reply>> puts = new ArrayList<>();
            for (int n = 0; n < AT_ONCE; n++) {
                String name = "name " + i + "." + n;
                puts.add(() -> tenant.put(connection, settings(name)));
            }
            assertThat(atOnce(puts)).containsOnly(200);
            JsonNode now = now();
            apart += now.at("/name").asText().equals(row("name"))
                            && now.at("/version").asText().equals(row("version"))
                    ? 0
                    : 1;
        }
        assertThat(apart).isZero();
    }

    @Test
    void manyPutsOfOtherUrlsAndSecretsAtOnceAllEndAndTheLastOneCountsWhole() {
        List<Supplier<Api.Reply>> puts = new ArrayList<>();
        for (int n = 0; n < AT_ONCE; n++) {
            String body = """
                    {"name":"n%1$d","outboundUrl":"https://erp%1$d.example.com/","secret":"a secret of number %1$d"}""".formatted(n);
            puts.add(() -> tenant.put(connection, body));
        }
        assertThat(atOnce(puts)).containsOnly(200);

        JsonNode now = now();
        String n = now.at("/name").asText().substring(1);
        assertThat(now.at("/outboundUrl").asText()).isEqualTo("https://erp" + n + ".example.com/");
        assertThat(bridge.bean(Targets.class)
                        .find(id())
                        .orElseThrow()
                        .signing()
                        .current()
                        .reveal())
                .isEqualTo("a secret of number " + n);
        assertThat(now.at("/version").asLong()).isEqualTo(1 + AT_ONCE);
    }

    @Test
    void aRotationBesideAPutKeepsTheNewSecret() {
        for (int i = 0; i < Math.max(1, ROUNDS / 10); i++) {
            String name = "name " + i;
            List<Api.Reply> rotated = new ArrayList<>();
            assertThat(atOnce(List.of(() -> tenant.put(connection, settings(name)), () -> {
                        Api.Reply reply = tenant.post(connection + "/rotate-secret");
                        rotated.add(reply);
                        return reply;
                    })))
                    .containsOnly(200);
            assertThat(now().at("/name").asText()).isEqualTo(name);
            assertThat(bridge.bean(Targets.class)
                            .find(id())
                            .orElseThrow()
                            .signing()
                            .current()
                            .reveal())
                    .isEqualTo(rotated.get(0).at("/secret"));
        }
    }

    @Test
    void theBridgeDisablesWithoutTakingAPersonsChangeBack() {
        Targets targets = bridge.bean(Targets.class);
        Store store = bridge.bean(Store.class);
        for (int i = 0; i < Math.max(1, ROUNDS / 10); i++) {
            String url = "https://erp" + i + ".example.com/new";
            tenant.post(connection + "/resume").expect(200);
            String body = "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\"}";
            CompletableFuture<Boolean> disabled =
                    store.write(tx -> targets.disable(tx, id(), "The receiver answered 410 Gone", Instant.now()));
            tenant.put(connection, body).expect(200);

            assertThat(disabled.join()).isTrue();
            assertThat(now().at("/outboundUrl").asText()).isEqualTo(url).isEqualTo(row("url"));
            assertThat(now().at("/status").asText()).isEqualTo("disabled").isEqualTo(row("status"));
        }
    }

    @Test
    void nothingBringsADeletedConnectionBack() {
        for (int i = 0; i < Math.max(1, ROUNDS / 5); i++) {
            aConnection();
            List<Integer> statuses = atOnce(List.of(
                    () -> tenant.put(connection, settings("late")),
                    () -> tenant.delete(connection),
                    () -> tenant.post(connection + "/pause"),
                    () -> tenant.post(connection + "/rotate-secret")));

            assertThat(statuses.get(1)).isEqualTo(204);
            assertThat(statuses).allMatch(status -> status == 200 || status == 204 || status == 404);
            tenant.get(connection).expect(404);
            tenant.put(connection, settings("later")).expect(404);
            assertThat(row("secret is null and url is null and deleted_at is not null"))
                    .isIn("1", "t", "true");
        }
    }

    @Test
    void nothingBringsADeletedDeviceBackAndNoPatchOfAnotherFieldIsLost() {
        for (int i = 0; i < Math.max(1, ROUNDS / 5); i++) {
            String device = "/v1/devices/"
                    + tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                            .expect(201)
                            .at("/id");
            assertThat(atOnce(List.of(
                            () -> tenant.patch(device, "{\"name\":\"Warehouse\"}"),
                            () -> tenant.patch(device, "{\"number\":\"911234500000\"}"))))
                    .containsOnly(200);
            JsonNode both = tenant.get(device).expect(200).json();
            assertThat(both.at("/name").asText() + both.at("/number").asText()).isEqualTo("Warehouse911234500000");

            List<Integer> statuses =
                    atOnce(List.of(() -> tenant.patch(device, "{\"name\":\"late\"}"), () -> tenant.delete(device)));
            assertThat(statuses.get(1)).isEqualTo(204);
            assertThat(statuses.get(0)).isIn(200, 404);
            tenant.get(device).expect(404);
            tenant.patch(device, "{\"name\":\"later\"}").expect(404);
        }
    }

    @Test
    void theLastTwoKeysAreNotBothDeleted() {
        for (int i = 0; i < Math.max(1, ROUNDS / 10); i++) {
            String id = bridge.operator()
                    .post("/v1/tenants", "{\"name\":\"Acme\"}")
                    .expect(201)
                    .at("/id");
            JsonNode one = bridge.operator()
                    .post("/v1/tenants/" + id + "/keys")
                    .expect(201)
                    .json();
            JsonNode two = bridge.operator()
                    .post("/v1/tenants/" + id + "/keys")
                    .expect(201)
                    .json();
            List<Integer> statuses = atOnce(List.of(
                    () -> tenant.as(one.at("/key").asText())
                            .delete("/v1/keys/" + one.at("/id").asText()),
                    () -> tenant.as(two.at("/key").asText())
                            .delete("/v1/keys/" + two.at("/id").asText())));
            assertThat(statuses).containsExactlyInAnyOrder(204, 409);
        }
    }
}
