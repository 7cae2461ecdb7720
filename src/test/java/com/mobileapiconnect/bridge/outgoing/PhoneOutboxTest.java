package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending through a phone, from outside: the tenant asks, the phone fetches, sends and reports. */
@OnBothDatabases
class PhoneOutboxTest {

    private static final int THREADS = 8;

    static RunningBridge bridge;

    private Api tenant;
    private Api phone;
    private String device;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(
                data,
                database,
                "bridge.reply.sweep-every=PT0.1S",
                "server.tomcat.threads.max=" + THREADS,
                "spring.threads.virtual.enabled=false");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void pair() {
        tenant = newTenant();
        Api.Reply paired = tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201);
        phone = tenant.as(paired.at("/token"));
        device = paired.at("/id");
    }

    /** A phone that was answered may be counted a moment longer. */
    @AfterEach
    void nobodyWaits() {
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isZero());
    }

    private static Api newTenant() {
        return bridge.newTenant().api();
    }

    private String send(String text) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("to", "919876543210")
                .put("text", text)
                .put("ref", "INV-42")
                .toString();
        return tenant.post("/v1/messages", json).expect(202).at("/id");
    }

    private JsonNode fetch() {
        return phone.get("/v1/outbox").expect(200).json().get("messages");
    }

    private String status(String id) {
        return tenant.get("/v1/outgoing/" + id).expect(200).at("/status");
    }

    @Test
    void aHeadTakesNothing() {
        String id = tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"hi\"}")
                .expect(202)
                .at("/id");
        phone.send(phone.request("/v1/outbox").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                .expect(405);
        assertThat(phone.get("/v1/outbox").at("/messages/0/id")).isEqualTo(id);
    }

    @Test
    void whatTheTenantSendsGoesOutAndItsFateIsKnown() {
        String id = send(Texts.UGLY);
        assertThat(status(id)).isEqualTo("queued");
        JsonNode sms = fetch().get(0);
        assertThat(sms.get("id").asText()).isEqualTo(id);
        assertThat(sms.get("to").asText()).isEqualTo("919876543210");
        assertThat(sms.get("text").asText()).isEqualTo(Texts.UGLY);
        assertThat(sms.get("ref").asText()).isEqualTo("INV-42");
        assertThat(sms.get("sim").isNull()).isTrue();
        assertThat(status(id)).isEqualTo("leased");
        phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        assertThat(status(id)).isEqualTo("sent");
        phone.post("/v1/outbox/" + id, "{\"status\":\"delivered\",\"error\":null}")
                .expect(200);
        assertThat(phone.post("/v1/outbox/" + id, "{\"status\":\"failed\",\"error\":\"late\"}")
                        .expect(200)
                        .at("/status"))
                .isEqualTo("delivered");
        phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        assertThat(status(id)).isEqualTo("delivered");
    }

    @Test
    void aReportIsTakenHoweverMuchItSays() {
        String id = send("x");
        fetch();
        phone.post("/v1/outbox/" + id, "{\"status\":\"failed\",\"error\":\"" + "trace ".repeat(1000) + "\"}")
                .expect(200);
        assertThat(status(id)).isEqualTo("failed");
        assertThat(tenant.get("/v1/outgoing/" + id).at("/error"))
                .startsWith("trace trace")
                .hasSize(1000);
    }

    @Test
    void whatFailedSaysWhy() {
        String id = send("x");
        fetch();
        phone.post("/v1/outbox/" + id, "{\"status\":\"failed\",\"error\":\"no credit\"}")
                .expect(200);
        Api.Reply shown = tenant.get("/v1/outgoing/" + id);
        assertThat(shown.at("/status")).isEqualTo("failed");
        assertThat(shown.at("/error")).isEqualTo("no credit");
        assertThat(phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").at("/status"))
                .isEqualTo("failed");
    }

    @Test
    void aPhoneTouchesItsOwnAlone() {
        String id = send("x");
        Api other = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"Other\"}").expect(201).at("/token"));
        other.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(404);
        assertThat(other.get("/v1/outbox").json().get("messages")).isEmpty();
        newTenant().get("/v1/outgoing/" + id).expect(404);
        phone.post("/v1/outbox/out_unknown", "{\"status\":\"sent\"}").expect(404);
        phone.post("/v1/outbox/" + id, "{\"status\":\"read\"}").expect(422);
        phone.get("/v1/outbox?wait=61").expect(422);
        phone.get("/v1/outbox?wait=soon").expect(422);
        tenant.get("/v1/outbox").expect(403);
        phone.get("/v1/outgoing").expect(403);
    }

    /** Lets the lease of an SMS run out now, and not in the two minutes that it has: phones may be slow. */
    private static void endLease(String id) {
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update outgoing set due_at = ? where id = ?")
                .params(System.currentTimeMillis(), id)
                .update());
    }

    @Test
    void aLeaseThatRunsOutIsGivenAgainThreeTimesInAll() {
        String id = send("x");
        List<String> got = new ArrayList<>();
        eventually(() -> {
            for (JsonNode sms : fetch()) {
                got.add(sms.get("id").asText());
                endLease(id);
            }
            assertThat(status(id)).isEqualTo("failed");
        });
        assertThat(got).containsExactly(id, id, id);
        assertThat(tenant.get("/v1/outgoing/" + id).at("/error")).contains("3 times");
    }

    @Test
    void aLeaseThatIsGivenBackLateEndsNoneThatCameAfterIt() {
        String id = send("x");
        List<Outgoing> first = lease(0);
        assertThat(first).extracting(Outgoing::id).containsExactly(id);
        endLease(id);
        List<Outgoing> second = lease(1);

        giveBack(first);
        assertThat(status(id)).isEqualTo("leased");
        giveBack(second);
        assertThat(status(id)).isEqualTo("queued");
    }

    private List<Outgoing> lease(int secondsFromNow) {
        Instant now = Instant.now().plusSeconds(secondsFromNow);
        OutgoingRows.Lease lease = new OutgoingRows.Lease(now, now.plusSeconds(600));
        OutgoingRows.Portion all = new OutgoingRows.Portion(Terms.Turn.values()[Terms.Turn.values().length - 1], 9);
        return bridge.bean(Store.class).writeNow(tx -> OutgoingRows.lease(tx, device, all, 3, lease));
    }

    private static void giveBack(List<Outgoing> leased) {
        bridge.bean(Store.class).writeNow(tx -> {
            OutgoingRows.giveBack(tx, leased);
            return leased;
        });
    }

    @Test
    void aWaitingPhoneHearsOfANewOneAtOnceAndOfALeaseThatRanOut() throws Exception {
        CompletableFuture<Api.Reply> waiting = CompletableFuture.supplyAsync(
                () -> phone.get("/v1/outbox?wait=60").expect(200));
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isEqualTo(1));
        String id = send("x");
        assertThat(waiting.get(60, TimeUnit.SECONDS).at("/messages/0/id")).isEqualTo(id);
        nobodyWaits();
        CompletableFuture<Api.Reply> again = CompletableFuture.supplyAsync(
                () -> phone.get("/v1/outbox?wait=60").expect(200));
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isEqualTo(1));
        endLease(id);
        assertThat(again.get(60, TimeUnit.SECONDS).at("/messages/0/id")).isEqualTo(id);
    }

    @Test
    void moreWaitThanThereAreThreads() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        String last = "";
        for (int i = 0; i < 3 * THREADS; i++) {
            Api.Reply paired = tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201);
            last = paired.at("/id");
            waiting.add(http.sendAsync(
                    tenant.as(paired.at("/token")).request("/v1/outbox?wait=60").build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isEqualTo(3 * THREADS));
        String id = tenant.post(
                        "/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"deviceId\":\"" + last + "\"}")
                .expect(202)
                .at("/id");
        assertThat(waiting.get(waiting.size() - 1).get(60, TimeUnit.SECONDS).body())
                .contains(id);
        assertThat(waiting).filteredOn(CompletableFuture::isDone).hasSize(1);
        bridge.bean(WaitingPhones.class).stop();
        for (CompletableFuture<HttpResponse<String>> each : waiting) {
            assertThat(each.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        bridge.bean(WaitingPhones.class).start();
    }

    @Test
    void aPhoneThatAsksAgainReplacesItsLostConnection() throws Exception {
        CompletableFuture<Api.Reply> lost = CompletableFuture.supplyAsync(() -> phone.get("/v1/outbox?wait=60"));
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isEqualTo(1));
        CompletableFuture<Api.Reply> second = CompletableFuture.supplyAsync(() -> phone.get("/v1/outbox?wait=60"));
        assertThat(lost.get(60, TimeUnit.SECONDS).expect(200).json().get("messages"))
                .isEmpty();
        String id = send("x");
        assertThat(second.get(60, TimeUnit.SECONDS).at("/messages/0/id")).isEqualTo(id);
        assertThat(phone.get("/v1/outbox?wait=1").expect(200).json().get("messages"))
                .isEmpty();
    }

    @Test
    void anAdaptersTokenFetchesOnlyIfItMay() {
        tenant.patch("/v1/devices/" + device, "{\"adapter\":\"twilio\"}").expect(200);
        phone.get("/v1/outbox").expect(403);
        assertThat(tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("deviceId");
        tenant.patch("/v1/devices/" + device, "{\"outbox\":true}").expect(200);
        phone.get("/v1/outbox").expect(200);
        send("x");
        tenant.delete("/v1/devices/" + device).expect(409);
        tenant.delete("/v1/devices/" + device + "?discard=true").expect(204);
        assertThat(tenant.get("/v1/outgoing?status=failed").at("/data/0/error")).isEqualTo("deleted");
    }

    @Test
    void theSameIdempotencyKeyIsTheSameSms() {
        String body = "{\"to\":\"+919876543210\",\"text\":\"x\"}";
        String first = keyed("k-1", body).expect(202).at("/id");
        assertThat(keyed("k-1", body).expect(202).at("/id")).isEqualTo(first);
        assertThat(keyed("k-1", body.replace("\"x\"", "\"y\"")).expect(422).at("/errors/0/field"))
                .isEqualTo("Idempotency-Key");
        assertThat(keyed("k-2", body).expect(202).at("/id")).isNotEqualTo(first);
        keyed("with space", body).expect(422);
        assertThat(tenant.get("/v1/outgoing?to=919876543210&limit=1")
                        .json()
                        .get("next")
                        .isNull())
                .isFalse();
        assertThat(tenant.get("/v1/outgoing?status=queued").json().get("data")).hasSize(2);
        tenant.get("/v1/outgoing?status=lost").expect(422);
    }

    private Api.Reply keyed(String key, String body) {
        return tenant.send(tenant.request("/v1/messages")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void eachBadFieldIsNamed() {
        assertThat(tenant.post("/v1/messages", """
                        {"to":"12","text":"","ref":7,"deviceId":"dev_x","sim":10,"from":"x"}""")
                        .expect(422)
                        .json()
                        .get("errors")
                        .findValuesAsText("field"))
                .containsExactlyInAnyOrder("to", "text", "ref", "deviceId", "sim", "from");
        for (String to : List.of("12", "1234567890123456", "VK-BANK", "91 98", "")) {
            tenant.post("/v1/messages", "{\"to\":\"" + to + "\",\"text\":\"x\"}")
                    .expect(422);
        }
        tenant.post("/v1/messages", "{\"to\":\"123\",\"text\":\"" + "x".repeat(1600) + "\"}")
                .expect(202);
        tenant.post("/v1/messages", "{\"to\":\"123\",\"text\":\"" + "x".repeat(1601) + "\"}")
                .expect(422);
    }

    @Test
    void anAnswerCarriesTheRefOfWhatWasSentToItsSender() {
        send("your invoice");
        assertThat(inbound("{\"from\":\"+91 98765-43210\",\"text\":\"ok\"}").at("/ref"))
                .isEqualTo("INV-42");
        assertThat(inbound("{\"from\":\"919876543210\",\"text\":\"ok\",\"ref\":\"mine\"}")
                        .at("/ref"))
                .isEqualTo("mine");
        assertThat(inbound("{\"from\":\"919876543211\",\"text\":\"ok\"}")
                        .json()
                        .get("ref")
                        .isNull())
                .isTrue();
        tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"no ref\"}")
                .expect(202);
        assertThat(inbound("{\"from\":\"919876543210\",\"text\":\"ok\"}").at("/ref"))
                .isEqualTo("INV-42");
        tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"ref\":\"INV-43\"}")
                .expect(202);
        assertThat(inbound("{\"from\":\"919876543210\",\"text\":\"ok\"}").at("/ref"))
                .isEqualTo("INV-43");
    }

    private String sendWithRef(String ref, String more) {
        return tenant.post(
                        "/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"ref\":\"" + ref + "\"" + more + "}")
                .expect(202)
                .at("/id");
    }

    private String refOfAnswer(String more) {
        return inbound("{\"from\":\"+919876543210\",\"text\":\"ok\"" + more + "}")
                .json()
                .get("ref")
                .asText();
    }

    @Test
    void anAnswerCarriesNoRefOfAnSmsThatNeverWentOut() {
        send("your invoice");
        sendWithRef("INV-50", ",\"sendAt\":\"" + Instant.now().plus(Duration.ofDays(100)) + "\"");
        assertThat(refOfAnswer("")).as("one of the next months").isEqualTo("INV-42");
        tenant.delete("/v1/outgoing/" + sendWithRef("INV-51", "")).expect(204);
        assertThat(refOfAnswer("")).as("a cancelled one").isEqualTo("INV-42");
        String failed = sendWithRef("INV-52", "");
        fetch();
        phone.post("/v1/outbox/" + failed, "{\"status\":\"failed\"}").expect(200);
        assertThat(refOfAnswer("")).as("a failed one").isEqualTo("INV-42");
    }

    @Test
    void whatAPhoneGotBeforeAnSmsWasMadeIsNoAnswerToIt() {
        sendWithRef("INV-60", "");
        String at = ",\"receivedAt\":\"%s\"";
        Instant now = Instant.now();

        assertThat(refOfAnswer(at.formatted(now.minus(Duration.ofHours(1))))).isEqualTo("null");
        assertThat(refOfAnswer(at.formatted(now.minus(Duration.ofMinutes(2)))))
                .as("by a clock that is a little slow")
                .isEqualTo("INV-60");
        assertThat(refOfAnswer(at.formatted("2015-01-01T00:00:00Z")))
                .as("by a clock that was never set")
                .isEqualTo("INV-60");
    }

    private Api.Reply inbound(String body) {
        String id = phone.post("/v1/inbound", body).expect(202).at("/messages/0/id");
        return tenant.get("/v1/messages/" + id).expect(200);
    }

    @Test
    void stopIsKeptUntilStartAndThePersonIsTold() {
        String queued = send("before");
        assertThat(inbound("{\"from\":\"+919876543210\",\"text\":\"  Stop \"}").at("/flags/optOut"))
                .isEqualTo("true");
        assertThat(tenant.get("/v1/outgoing/" + queued).at("/error")).isEqualTo("opted-out");
        assertThat(fetch()).isEmpty();
        String body = "{\"to\":\"919876543210\",\"text\":\"x\"}";
        assertThat(tenant.post("/v1/messages", body).expect(409).at("/detail")).contains("STOP");
        assertThat(tenant.get("/v1/opt-outs").at("/data/0/number")).isEqualTo("+919876543210");
        newTenant().delete("/v1/opt-outs/919876543210").expect(404);
        inbound("{\"from\":\"919876543210\",\"text\":\"please start\"}");
        tenant.post("/v1/messages", body).expect(409);
        assertThat(inbound("{\"from\":\"919876543210\",\"text\":\"UNSTOP\"}").at("/flags/optIn"))
                .isEqualTo("true");
        tenant.post("/v1/messages", body).expect(202);
        inbound("{\"from\":\"919876543210\",\"text\":\"arret\"}");
        tenant.delete("/v1/opt-outs/919876543210").expect(204);
        tenant.delete("/v1/opt-outs/919876543210").expect(404);
        tenant.post("/v1/messages", body).expect(202);
        assertThat(tenant.get("/v1/audit").at("/data/0/action")).isEqualTo("opt-out.delete");
    }
}
