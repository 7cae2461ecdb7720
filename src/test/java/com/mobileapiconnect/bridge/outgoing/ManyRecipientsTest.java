package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same SMS to many numbers in one call. */
@OnBothDatabases
class ManyRecipientsTest {

    static RunningBridge bridge;

    private RunningBridge.NewTenant whole;
    private Api tenant;
    private Api phone;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database, "bridge.reply.sweep-every=PT0.1S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void pair() {
        whole = bridge.newTenant();
        tenant = whole.api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                .expect(201)
                .at("/token"));
    }

    private static String to(String... numbers) {
        return "{\"to\":[\"" + String.join("\",\"", numbers) + "\"],\"text\":\"Sale\"}";
    }

    private static String toMany(int count) {
        return to(IntStream.range(0, count)
                .mapToObj(n -> "9198" + (10_000_000 + n))
                .toArray(String[]::new));
    }

    private Api.Reply keyed(String key, String body) {
        return tenant.send(tenant.request("/v1/messages")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private List<String> ids(Api.Reply reply) {
        return reply.expect(202).json().get("messages").findValuesAsText("id");
    }

    private long stored() {
        return bridge.bean(com.mobileapiconnect.bridge.store.Store.class)
                .read(sql -> sql.sql("select count(*) from outgoing where tenant_id = ?")
                        .param(whole.id())
                        .query(Long.class)
                        .single());
    }

    @Test
    void aThousandAreTakenInOneCallEachWithItsOwnId() {
        List<String> ids = ids(tenant.post("/v1/messages", toMany(1_000)));
        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(stored()).isEqualTo(1_000);
    }

    @Test
    void eachHasItsOwnResult() {
        phone.post("/v1/inbound", "{\"from\":\"919876543212\",\"text\":\"STOP\"}")
                .expect(202);
        JsonNode each = tenant.post("/v1/messages", """
                        {"to":["919876543210","VK-BANK","919876543212",7,null,"+919876543210",{"a":1},"12"],"text":"x"}""").expect(202).json().get("messages");
        assertThat(each.findValuesAsText("to"))
                .containsExactly(
                        "919876543210", "VK-BANK", "919876543212", "7", "null", "+919876543210", "{\"a\":1}", "12");
        assertThat(each.findValuesAsText("reason"))
                .containsExactly(
                        "not-a-number", "opted-out", "not-a-number", "not-a-number", "not-a-number", "not-a-number");
        assertThat(each.at("/5/id").asText()).isEqualTo(each.at("/0/id").asText());
        assertThat(each.at("/2/error").asText()).contains("STOP");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aRepeatWithTheSameKeyIsTheSameSms() {
        List<String> first = ids(keyed("k", toMany(60)));
        assertThat(ids(keyed("k", toMany(60)))).isEqualTo(first);
        assertThat(stored()).isEqualTo(60);
        assertThat(keyed("k", toMany(61)).expect(422).at("/errors/0/field")).isEqualTo("Idempotency-Key");
        keyed("k", "{\"to\":\"919876543210\",\"text\":\"Sale\"}").expect(422);
        keyed("one", "{\"to\":\"919876543210\",\"text\":\"Sale\"}").expect(202);
        keyed("one", to("919876543210")).expect(422);
        assertThat(stored()).isEqualTo(61);
    }

    @Test
    void aRepeatGoesOnWhereTheFirstWasCut() {
        List<String> first = ids(keyed("k", toMany(60)));
        bridge.bean(com.mobileapiconnect.bridge.store.Store.class).writeNow(tx -> tx.sql()
                .sql("delete from outgoing where id = ?")
                .param(first.get(59))
                .update());
        List<String> second = ids(keyed("k", toMany(60)));
        assertThat(second.subList(0, 59)).isEqualTo(first.subList(0, 59));
        assertThat(second.get(59)).isNotEqualTo(first.get(59));
    }

    @Test
    void twoCallersAtOnceWithTheSameKeyMakeEachSmsOnce() throws Exception {
        String body = toMany(200);
        List<CompletableFuture<Api.Reply>> both = IntStream.range(0, 2)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> keyed("k", body)))
                .toList();
        assertThat(ids(both.get(0).get(2, TimeUnit.MINUTES)))
                .isEqualTo(ids(both.get(1).get(2, TimeUnit.MINUTES)))
                .hasSize(200);
        assertThat(stored()).isEqualTo(200);
    }

    @Test
    void twoCallersAtOnceDoNotPassTheLimitTogether() throws Exception {
        bridge.operator()
                .patch("/v1/tenants/" + whole.id(), "{\"limits\":{\"outgoing\":150}}")
                .expect(200);
        List<CompletableFuture<Api.Reply>> both = IntStream.range(0, 2)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> tenant.post("/v1/messages", toMany(100))))
                .toList();
        int queued = 0;
        for (CompletableFuture<Api.Reply> each : both) {
            Api.Reply reply = each.get(2, TimeUnit.MINUTES).expect(202);
            queued += ids(reply).size();
            assertThat(reply.json().get("messages").findValuesAsText("reason")).isSubsetOf(List.of("queue-full"));
        }
        assertThat(queued).isEqualTo(150);
        assertThat(stored()).isEqualTo(150);
    }

    @Test
    void badListsAreRefusedWhole() {
        for (String to : List.of("[]", "{}", "7", "[" + "\"919876543210\",".repeat(1_000) + "\"919876543210\"]")) {
            assertThat(tenant.post("/v1/messages", "{\"to\":" + to + ",\"text\":\"x\"}")
                            .expect(422)
                            .at("/errors/0/field"))
                    .isEqualTo("to");
        }
        tenant.post("/v1/messages", "{\"to\":[\"919876543210\"],\"text\":\"\"}").expect(422);
        assertThat(stored()).isZero();
    }

    @Test
    void whatGoesToManyComesLastAndFewAtATime() {
        ids(tenant.post("/v1/messages", toMany(30)));
        String one = tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"your code\"}")
                .expect(202)
                .at("/id");
        tenant.post("/v1/rules", """
                        {"name":"r","then":[{"type":"reply","text":"we have it"}]}""").expect(201);
        phone.post("/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"hi\"}").expect(202);
        com.mobileapiconnect.bridge.support.Eventually.eventually(() -> assertThat(
                        tenant.get("/v1/outgoing?to=919876543211").json().get("data"))
                .hasSize(1));
        JsonNode first = phone.get("/v1/outbox").expect(200).json().get("messages");
        assertThat(first.findValuesAsText("text").subList(0, 2)).containsExactly("we have it", "your code");
        assertThat(first.get(1).get("id").asText()).isEqualTo(one);
        assertThat(phone.get("/v1/outbox").json().get("messages").findValuesAsText("text"))
                .isEqualTo(List.of("Sale", "Sale", "Sale", "Sale", "Sale"));
    }

    @Test
    void metadataComesBackWithEach() {
        JsonNode each = tenant.post("/v1/messages", """
                        {"to":["919876543210","919876543211"],"text":"x","metadata":{"campaign":"spring","order":"№ 7"}}""").expect(202).json().get("messages");
        for (String id : each.findValuesAsText("id")) {
            assertThat(tenant.get("/v1/outgoing/" + id).json().get("metadata"))
                    .hasToString("{\"campaign\":\"spring\",\"order\":\"№ 7\"}");
        }
    }

    @Test
    void badMetadataIsNamed() {
        String many =
                IntStream.range(0, 17).mapToObj(n -> "\"k" + n + "\":\"v\"").collect(Collectors.joining(","));
        for (String metadata : List.of(
                "7",
                "[]",
                "{" + many + "}",
                "{\"\":\"v\"}",
                "{\"" + "k".repeat(65) + "\":\"v\"}",
                "{\"k\":\"" + "v".repeat(257) + "\"}",
                "{\"k\":7}",
                "{\"k\":null}",
                "{\"k\":{}}",
                "{\"k\":\"a\\u0000b\"}",
                "{\"k\":\"\\ud83d\"}",
                "{\"k\\n\":\"v\"}")) {
            assertThat(tenant.post(
                                    "/v1/messages",
                                    "{\"to\":\"919876543210\",\"text\":\"x\",\"metadata\":" + metadata + "}")
                            .expect(422)
                            .at("/errors/0/field"))
                    .startsWith("metadata");
        }
        assertThat(stored()).isZero();
    }
}
