package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every gateway must do, over HTTP as its app or provider does it; a test of a gateway extends this. */
abstract class GatewayContract {

    static final String KEY = "k1234567";
    private static final Instant AT = Instant.parse("2026-06-12T14:32:00Z");
    private static final int LONGEST_QUEUE = 100;

    static RunningBridge bridge;
    static Receiver receiver;

    private Api tenant;

    /** The name of the adapter. */
    abstract String adapter();

    /** An SMS is handed over, with a field that no documentation knows when it is to have one. */
    abstract Call handsOver(Said sms, boolean unknownField);

    /** The same call, signed; null for what does not sign. */
    abstract @Nullable Call signed(Call call, String url, String key);

    /** The receipt that the app or provider expects. */
    abstract void isReceipt(Api.Reply reply);

    /** The transport of a device, with the secret {@code hush-hush}; null for what only receives. */
    @Nullable String transport(Receiver gateway) {
        return null;
    }

    /** What is pushed for an SMS to 919876543210 with SIM 2, as the documentation says. */
    void isPushed(Receiver.Got got, String id, String text) throws Exception {
        throw new UnsupportedOperationException("It has no transport");
    }

    /** Whether a request says which id its SMS has; otherwise the second tells it from another. */
    boolean hasIds() {
        return true;
    }

    /** Whether a request says to which number its SMS went. */
    boolean saysTo() {
        return true;
    }

    /** Whether a header signs the body with it. */
    boolean signsBody() {
        return true;
    }

    @BeforeDatabase
    static void start(Database database) {
        receiver = new Receiver();
        bridge = RunningBridge.shared(
                database, "bridge.store.longest-queue=" + LONGEST_QUEUE, "bridge.reply.sweep-every=PT0.2S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = bridge.newTenant().api();
    }

    Api tenant() {
        return tenant;
    }

    /** @param more fields, beginning with a comma */
    Api.Reply pair(String more) {
        return tenant.post(
                        "/v1/devices",
                        "{\"name\":\"Gateway\",\"number\":\"911234500000\",\"adapter\":\"" + adapter() + "\"" + more
                                + "}")
                .expect(201);
    }

    /** A device without a number of its own. */
    Api.Reply pairWithoutNumber(String more) {
        return tenant.post("/v1/devices", "{\"name\":\"Gateway\",\"adapter\":\"" + adapter() + "\"" + more + "}")
                .expect(201);
    }

    String pathOf(Api.Reply paired) {
        return "/v1/inbound/" + adapter() + "/" + paired.at("/token");
    }

    Api.Reply send(String path, Call call) {
        HttpRequest.Builder request = bridge.nobody()
                .request(path + (call.query().isEmpty() ? "" : "?" + call.query()))
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        return bridge.nobody().send(request);
    }

    static Said said(String id, String text) {
        long second = Long.parseLong(id.substring("id-".length()));
        return new Said(id, "+919876543210", "+911234500000", text, AT.plusSeconds(second));
    }

    List<JsonNode> messages() {
        List<JsonNode> messages = new ArrayList<>();
        tenant.get("/v1/messages?limit=500").expect(200).json().get("data").forEach(messages::add);
        return messages;
    }

    /** An SMS that the device is to send. */
    String outgoing(Api.Reply paired) {
        return tenant.post(
                        "/v1/messages",
                        "{\"to\":\"919876543210\",\"text\":\"x\",\"deviceId\":\"" + paired.at("/id") + "\"}")
                .expect(202)
                .at("/id");
    }

    String statusOf(String outgoingId) {
        return tenant.get("/v1/outgoing/" + outgoingId).at("/status");
    }

    @Test
    void thePairingUrlIsThereAndWhatIsHandedOverIsAMessage() {
        Api.Reply paired = pair("");
        assertThat(paired.at("/pairing/url")).endsWith(pathOf(paired));
        isReceipt(send(pathOf(paired), handsOver(said("id-1", Texts.UGLY), false)));
        assertThat(messages()).hasSize(1);
        JsonNode message = messages().get(0);
        assertThat(message.get("phoneId").asText()).matches(hasIds() ? "id-1" : "at-[0-9]{10}-[a-z0-9]{16}");
        assertThat(message.get("from").asText()).isEqualTo("+919876543210");
        assertThat(message.get("to").asText()).isEqualTo(saysTo() ? "+911234500000" : "911234500000");
        assertThat(message.get("text").asText()).isEqualTo(Texts.UGLY);
        assertThat(message.get("flags")).isEmpty();
        assertThat(message.get("deviceId").asText()).isEqualTo(paired.at("/id"));
    }

    @Test
    void aRepeatIsHarmlessAndAnotherTextIsAnotherMessage() {
        String path = pathOf(pair(""));
        isReceipt(send(path, handsOver(said("id-1", "one"), false)));
        isReceipt(send(path, handsOver(said("id-1", "one"), true)));
        assertThat(messages()).hasSize(1);
        isReceipt(send(path, handsOver(said("id-2", "one"), false)));
        isReceipt(send(path, handsOver(said("id-1", "two"), false)));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("two", "one", "one");
    }

    @Test
    void aHundredTextsArriveExactly() {
        String path = pathOf(pair(""));
        Random random = new Random(20);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add(Unicode.text(random));
            isReceipt(send(path, handsOver(said("id-" + i, texts.get(i)), false)));
        }
        assertThat(messages())
                .extracting(message -> message.get("text").asText())
                .containsExactlyInAnyOrderElementsOf(texts);
        assertThat(messages())
                .allSatisfy(message ->
                        assertThat(message.get("flags").has("textReplaced")).isFalse());
    }

    @Test
    void whileTheStoreIsDownNothingIsTakenAndTheAppIsToldToComeAgain() throws Exception {
        String path = pathOf(pair(""));
        CountDownLatch down = new CountDownLatch(1);
        CountDownLatch up = new CountDownLatch(1);
        Store store = bridge.bean(Store.class);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        try {
            waiting.add(store.write(tx -> {
                down.countDown();
                try {
                    up.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 0;
            }));
            down.await();
            while (!waiting.get(waiting.size() - 1).isCompletedExceptionally()) {
                waiting.add(store.write(tx -> 0));
            }
            assertThat(send(path, handsOver(said("id-1", "one"), false)).status())
                    .isBetween(500, 599);
            assertThat(send(path, nonsense()).status()).isBetween(500, 599);
        } finally {
            up.countDown();
        }
        waiting.get(0).get();
        eventually(() -> isReceipt(send(path, handsOver(said("id-1", "one"), false))));
        assertThat(messages()).hasSize(1);
    }

    @Test
    void aSigningKeyIsRefusedWhereTheAppDoesNotSignAndElsewhereRefusesWhatIsUnsignedOrTamperedWith() {
        Call plain = handsOver(said("id-1", "one"), false);
        if (signed(plain, "http://localhost/", KEY) == null) {
            String device = "{\"name\":\"Gateway\",\"adapter\":\"" + adapter() + "\",\"signingKey\":\"" + KEY + "\"}";
            assertThat(tenant.post("/v1/devices", device).expect(422).at("/errors/0/field"))
                    .isEqualTo("signingKey");
            return;
        }
        Api.Reply paired = pair(",\"signingKey\":\"" + KEY + "\"");
        String path = pathOf(paired);
        String url = bridge.url() + path;
        send(path, plain).expect(401);
        send(path, signed(plain, url, KEY + "x")).expect(401);
        Call good = signed(plain, url, KEY);
        if (signsBody()) {
            send(path, handsOver(said("id-1", "two"), false).with(good.headers()))
                    .expect(401);
            send(path, handsOver(said("id-1", "one"), true).with(good.headers()))
                    .expect(401);
        }
        assertThat(messages()).isEmpty();
        isReceipt(send(path, good));
        assertThat(messages()).hasSize(1);
        assertThat(tenant.get("/v1/devices/" + paired.at("/id")).text()).doesNotContain(KEY);
    }

    /** Something authentic that makes no sense. */
    Call nonsense() {
        return handsOver(said("id-1", "one"), false).method().equals("GET")
                ? Call.get("who=%2B919876543210&what=hello-there")
                : Call.post("text/plain", "who=%2B919876543210&what=hello-there");
    }

    @Test
    void whatIsNotUnderstoodIsKeptRawToldAndGoesNowhere() {
        receiver.requests().clear();
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}").expect(200);
        tenant.put("/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/ops") + "\"}")
                .expect(200);
        tenant.post("/v1/rules", "{\"name\":\"All\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi\"}]}")
                .expect(201);
        Api.Reply paired = pair("");
        isReceipt(send(pathOf(paired), nonsense()));

        String id = messages().get(0).get("id").asText();
        JsonNode message = tenant.get("/v1/messages/" + id).expect(200).json();
        assertThat(message.at("/flags/unparsed").asBoolean()).isTrue();
        assertThat(message.at("/raw/gateway").asText()).isEqualTo(adapter());
        assertThat(message.at("/raw/reason").asText()).isNotBlank();
        assertThat(message.at("/raw/query").asText() + message.at("/raw/body").asText())
                .isEqualTo("who=%2B919876543210&what=hello-there");
        assertThat(message.toString()).doesNotContain(paired.at("/token"));
        eventually(() -> assertThat(receiver.requests("/ops")).hasSize(1));
        Receiver.Got told = receiver.requests("/ops").get(0);
        assertThat(told.header("X-MAC-Event")).isEqualTo("message.unparsed");
        assertThat(told.header("X-MAC-Message")).isEqualTo(id);
        assertThat(told.text()).contains(id, paired.at("/id"), adapter()).doesNotContain("9876543210", "hello-there");
        assertThat(message.get("deliveries")).isEmpty();
        assertThat(message.get("evaluation")).isEmpty();
        assertThat(receiver.requests("/all")).isEmpty();
        assertThat(tenant.post("/v1/rules/replay", "{}").at("/messages")).isEqualTo("0");

        assertThat(tenant.post("/v1/erase", "{\"number\":\"+91 98765-43210\"}")
                        .expect(200)
                        .at("/unparsed"))
                .isEqualTo("1");
        assertThat(tenant.get("/v1/messages/" + id).expect(200).json().has("raw"))
                .isFalse();
    }

    @Test
    void aTokenIsGoodForItsAdapterAlone() {
        Api.Reply paired = pair("");
        Call call = handsOver(said("id-1", "one"), false);
        send("/v1/inbound/" + adapter() + "/dvt_unknown", call).expect(401);
        send("/v1/inbound/" + adapter() + "/" + RunningBridge.TENANT_KEY, call).expect(403);
        send("/v1/inbound/" + adapter(), call).expect(404);
        send(pathOf(paired) + "/more", call).expect(404);
        send("/v1/inbound/pigeon/" + paired.at("/token"), call).expect(404);
        Api phone = tenant.as(paired.at("/token"));
        phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(403);
        phone.get("/v1/outbox").expect(403);
        tenant.patch("/v1/devices/" + paired.at("/id"), "{\"outbox\":true}").expect(200);
        phone.get("/v1/outbox").expect(200);
        String plain =
                tenant.post("/v1/devices", "{\"name\":\"Plain\"}").expect(201).at("/token");
        send("/v1/inbound/" + adapter() + "/" + plain, call).expect(403);
        send(pathOf(paired), new Call("DELETE", "", new byte[0], Map.of())).expect(405);
        assertThat(messages()).isEmpty();
    }

    @Test
    void whatIsPushedIsAsDocumentedAndItsSecretIsNeverShown() throws Exception {
        String text = "Grüße & 100% \uD83D\uDE00";
        if (transport(receiver) == null) { // an app that takes nothing
            tenant.post("/v1/devices", "{\"name\":\"P\",\"transport\":{\"type\":\"%s\"}}".formatted(adapter()))
                    .expect(422);
            return;
        }
        try (Receiver gateway = new Receiver().answering(202)) {
            Api.Reply paired = pair(",\"sims\":{\"2\":\"911234500002\"},\"transport\":" + transport(gateway));
            assertThat(paired.text()).doesNotContain("hush-hush");
            Api.Reply shown = tenant.get("/v1/devices/" + paired.at("/id")).expect(200);
            assertThat(shown.at("/transport/type")).isEqualTo(adapter());
            assertThat(shown.text()).doesNotContain("hush-hush");
            tenant.patch("/v1/devices/" + paired.at("/id"), shown.text()).expect(200);
            String id = tenant.post("/v1/messages", """
                            {"to":"919876543210","text":"%s","deviceId":"%s","sim":2}""".formatted(text, paired.at("/id")))
                    .expect(202)
                    .at("/id");
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("sent"));
            isPushed(gateway.requests().get(0), id, text);
        }
    }
}
