package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a receiver gets, and what becomes of a delivery, from outside. */
@OnBothDatabases
class DeliveryTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String QUICK =
            "\"redelivery\":{\"initialDelay\":\"PT0.05S\",\"multiplier\":1,\"jitter\":0," + "\"maxAttempts\":3}";

    static RunningBridge bridge;
    static Api phone;

    Receiver receiver;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        phone = bridge.phone();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void open() {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        tenant().put("/v1/webhooks", "{\"enabled\":false}").expect(200);
        tenant().post("/v1/webhooks/resume").expect(200);
        tenant().deleteConnections();
        receiver.close();
    }

    private static Api tenant() {
        return bridge.tenant();
    }

    private String connection(String path, String more) {
        return tenant().connection(receiver.url(path), more);
    }

    private static String send(String text) {
        String json = com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":" + json + "}")
                .expect(202)
                .at("/messages/0/id");
    }

    private static JsonNode delivery(String messageId) {
        return tenant().get("/v1/deliveries?messageId=" + messageId)
                .expect(200)
                .json()
                .at("/data/0");
    }

    private static void statusBecomes(String messageId, String status) {
        eventually(() -> assertThat(delivery(messageId).path("status").asText()).isEqualTo(status));
    }

    @Test
    void theWebhookAndEveryConnectionGetTheSignedMessage() throws Exception {
        tenant().put(
                        "/v1/webhooks",
                        "{\"url\":\"%s\",\"secret\":\"%s\"}".formatted(receiver.url("/all?x=1%202"), SECRET))
                .expect(200);
        connection("/erp", "\"secret\":\"" + SECRET + "\"");
        String id = send(Texts.UGLY);

        eventually(() -> assertThat(receiver.requests()).hasSize(2));
        Got all = receiver.requests("/all?x=1%202").get(0);
        Got erp = receiver.requests("/erp").get(0);
        for (Got got : List.of(all, erp)) {
            assertThat(got.method()).isEqualTo("POST");
            assertThat(got.header("Content-Type")).isEqualTo("application/json");
            assertThat(got.header("X-MAC-Event")).isEqualTo("message.received");
            assertThat(got.header("X-MAC-Message")).isEqualTo(id);
            assertThat(got.header("X-MAC-Attempt")).isEqualTo("1");
            assertThat(got.header("X-MAC-Signature")).isEqualTo("sha256=" + hmac(SECRET, got.body()));
            assertThat(got.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "content-type",
                            "content-length",
                            "host",
                            "accept",
                            "user-agent",
                            "x-mac-event",
                            "x-mac-message",
                            "x-mac-delivery",
                            "x-mac-attempt",
                            "x-mac-signature",
                            "webhook-id",
                            "webhook-timestamp",
                            "webhook-signature");
            assertThat(got.text())
                    .startsWith("{\"event\":\"message.received\",\"from\":\"919876543210\",\"to\":\"911234500000\",")
                    .contains("\"ref\":null,\"receivedAt\":\"")
                    .endsWith("\"tenantName\":\"Acme Corp\"}");
        }
        assertThat(all.header("X-MAC-Delivery")).isNotEqualTo(erp.header("X-MAC-Delivery"));
        JsonNode body = new com.fasterxml.jackson.databind.ObjectMapper().readTree(erp.body());
        assertThat(body.get("text").asText()).isEqualTo(Texts.UGLY);
    }

    @Test
    void withoutASecretNothingIsSigned() {
        connection("/plain", "");
        send("hello");
        eventually(() -> assertThat(receiver.requests("/plain")).hasSize(1));
        assertThat(receiver.requests("/plain").get(0).headers().keySet()).noneMatch(name -> name.contains("signature"));
    }

    @Test
    void aConnectionGetsOnlyWhatItsConditionMatches() {
        connection("/some", "\"when\":{\"field\":\"text\",\"op\":\"keyword\",\"value\":\"balance\"}");
        send("order 5");
        send("Balance, please");
        eventually(() -> assertThat(receiver.requests("/some")).hasSize(1));
        assertThat(receiver.requests("/some").get(0).text()).contains("Balance, please");
    }

    @Test
    void aFailedCallIsTriedAgainWithTheSameBytesUnderTheSameId() {
        receiver.answering(got -> Answer.of(receiver.requests().size() < 3 ? 503 : 204, Map.of("X-Anything", "goes")));
        connection("/flaky", QUICK);
        String id = send("again");

        statusBecomes(id, "delivered");
        List<Got> calls = receiver.requests("/flaky");
        assertThat(calls).extracting(got -> got.header("X-MAC-Attempt")).containsExactly("1", "2", "3");
        assertThat(calls)
                .extracting(got -> got.header("X-MAC-Delivery"))
                .containsOnly(delivery(id).get("id").asText());
        assertThat(calls).extracting(Got::text).containsOnly(calls.get(0).text());
        JsonNode attempts = delivery(id).get("attempts");
        assertThat(attempts).hasSize(3);
        assertThat(attempts.at("/0/outcome").asText()).isEqualTo("failure");
        assertThat(attempts.at("/0/errorClass").asText()).isEqualTo("http");
        assertThat(attempts.at("/0/httpStatus").asInt()).isEqualTo(503);
        assertThat(attempts.at("/2/outcome").asText()).isEqualTo("success");
        assertThat(delivery(id).get("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void whenAttemptsRunOutItIsKeptAndAReplayGrantsAsManyMore() {
        receiver.answering(500);
        String connection = connection("/down", QUICK);
        String id = send("give up");
        statusBecomes(id, "failed");
        assertThat(delivery(id).get("reason").asText()).isEqualTo("attempts-exhausted");
        assertThat(receiver.requests("/down")).hasSize(3);

        String filter = "{\"status\":\"failed\",\"target\":\"" + connection + "\"";
        assertThat(tenant().post("/v1/deliveries/replay", filter + ",\"dryRun\":true}")
                        .at("/matched"))
                .isEqualTo("1");
        assertThat(receiver.requests("/down")).hasSize(3);
        assertThat(tenant().post("/v1/deliveries/replay", filter + "}").at("/matched"))
                .isEqualTo("1");
        eventually(() -> assertThat(receiver.requests("/down")).hasSize(6));
        statusBecomes(id, "failed");

        receiver.answering(200);
        tenant().post("/v1/deliveries/" + delivery(id).get("id").asText() + "/retry")
                .expect(202);
        statusBecomes(id, "delivered");
        assertThat(receiver.requests("/down"))
                .extracting(got -> got.header("X-MAC-Delivery"))
                .containsOnly(delivery(id).get("id").asText());
        assertThat(delivery(id).get("attempts")).hasSize(7);
    }

    @Test
    void retryAfterIsNeverShortened() {
        receiver.answering(got -> Answer.of(429, Map.of("Retry-After", "3600")));
        connection("/later", QUICK);
        String id = send("later");
        eventually(() -> assertThat(delivery(id).get("attempts")).hasSize(1));
        Instant next = Instant.parse(delivery(id).get("nextAttemptAt").asText());
        assertThat(Duration.between(Instant.now(), next)).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void goneDisablesTheTargetAndHoldsWhatItHas() {
        receiver.answering(410);
        String connection = connection("/gone", QUICK);
        String first = send("first");
        statusBecomes(first, "held");
        assertThat(tenant().get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
        String second = send("second");
        statusBecomes(second, "held");
        assertThat(receiver.requests("/gone")).hasSize(1);

        receiver.answering(200);
        tenant().put(
                        "/v1/connections/" + connection,
                        "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/gone") + "\"}")
                .expect(200);
        assertThat(tenant().get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
        tenant().post("/v1/connections/" + connection + "/resume").expect(200);
        statusBecomes(first, "delivered");
        statusBecomes(second, "delivered");
    }

    @Test
    void whatComesWhileItIsPausedIsHeldAndGoesOutOnResume() {
        String connection = connection("/paused", "");
        tenant().post("/v1/connections/" + connection + "/pause").expect(200);
        String id = send("wait");
        statusBecomes(id, "held");
        assertThat(tenant().get("/v1/deliveries?status=held&target=" + connection)
                        .json()
                        .get("data"))
                .hasSize(1);
        assertThat(tenant().get("/v1/deliveries?status=pending&target=" + connection)
                        .json()
                        .get("data"))
                .isEmpty();
        assertThat(receiver.requests("/paused")).isEmpty();
        tenant().post("/v1/connections/" + connection + "/resume").expect(200);
        statusBecomes(id, "delivered");
    }

    @Test
    void nothingIsMadeForATargetThatIsNotEnabled() {
        connection("/off", "\"enabled\":false");
        String id = send("nobody");
        assertThat(tenant().get("/v1/messages/" + id).json().get("deliveries")).isEmpty();
    }

    @Test
    void redirectsAreFailuresAndNotFollowed() {
        receiver.answering(got -> Answer.of(307, Map.of("Location", receiver.url("/elsewhere"))));
        connection("/moved", QUICK);
        String id = send("moved");
        statusBecomes(id, "failed");
        assertThat(receiver.requests("/elsewhere")).isEmpty();
        assertThat(receiver.requests("/moved")).hasSize(3);
    }

    @Test
    void aReceiverThatHangsCostsItsOwnLaneOnlyAndEndsAsATimeout() {
        CountDownLatch release = new CountDownLatch(1);
        receiver.answering(got -> {
            if (got.path().equals("/hung")) {
                awaitQuietly(release);
            }
            return Answer.of(200);
        });
        String hung = connection("/hung", "\"redelivery\":{\"timeout\":\"PT1S\"},\"concurrency\":1");
        connection("/fine", "");
        send("one");
        send("two");
        send("three");

        eventually(() -> assertThat(receiver.requests("/fine")).hasSize(3));
        eventually(() -> assertThat(
                        tenant().get("/v1/deliveries?target=" + hung).json().findValuesAsText("errorClass"))
                .contains("timeout"));
        assertThat(tenant().get("/v1/deliveries?target=" + hung).json().findValuesAsText("durationMs"))
                .allMatch(ms -> Long.parseLong(ms) < 3_000);
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClosedPortIsAConnectFailure() {
        String url = receiver.url("/closed");
        receiver.close();
        String connection = tenant().post(
                        "/v1/connections", "{\"name\":\"Closed\",\"outboundUrl\":\"" + url + "\"," + QUICK + "}")
                .expect(201)
                .at("/id");
        String id = send("anyone?");
        statusBecomes(id, "failed");
        assertThat(delivery(id).at("/attempts/0/errorClass").asText()).isEqualTo("connect");
        assertThat(connection).isNotEmpty();
    }

    @Test
    void aNameThatDoesNotResolveIsADnsFailure() {
        tenant().post(
                        "/v1/connections",
                        "{\"name\":\"Nowhere\",\"outboundUrl\":\"http://nowhere.invalid/x\"," + QUICK + "}")
                .expect(201);
        String id = send("nowhere");
        statusBecomes(id, "failed");
        assertThat(delivery(id).at("/attempts/0/errorClass").asText()).isEqualTo("dns");
    }

    @Test
    void onlyTheFirstTwoKibibytesOfAnAnswerAreKept() {
        receiver.answering(got -> Answer.of(200, "\u00e9".repeat(600_000)));
        connection("/chatty", "");
        String id = send("talk");
        statusBecomes(id, "delivered");
        String kept = delivery(id).at("/attempts/0/responseBody").asText();
        assertThat(kept).isEqualTo("\u00e9".repeat(1024));
    }

    @Test
    void duringARotationBothSecretsSign() throws Exception {
        String connection = connection("/rotated", "\"secret\":\"" + SECRET + "\"");
        Api.Reply rotated = tenant().post("/v1/connections/" + connection + "/rotate-secret")
                .expect(200);
        assertThat(Instant.parse(rotated.at("/previousValidUntil")))
                .isAfter(Instant.now().plusSeconds(86_000));
        send("rotate");
        eventually(() -> assertThat(receiver.requests("/rotated")).hasSize(1));
        Got got = receiver.requests("/rotated").get(0);
        assertThat(got.header("X-MAC-Signature")).isEqualTo("sha256=" + hmac(rotated.at("/secret"), got.body()));
        assertThat(got.header("X-MAC-Signature-Previous")).isEqualTo("sha256=" + hmac(SECRET, got.body()));
        assertThat(got.header("webhook-signature").split(" ")).hasSize(2);
        assertThat(tenant().get("/v1/connections/" + connection).text()).doesNotContain("whsec_");
    }

    @Test
    void aTestSendsOneSampleNowAndStoresNothing() {
        String connection = connection("/try", "\"secret\":\"" + SECRET + "\"");
        Api.Reply attempt =
                tenant().post("/v1/connections/" + connection + "/test").expect(200);
        assertThat(attempt.at("/outcome")).isEqualTo("success");
        assertThat(attempt.at("/httpStatus")).isEqualTo("200");
        assertThat(receiver.requests("/try")).hasSize(1);
        assertThat(tenant().get("/v1/deliveries?target=" + connection).json().get("data"))
                .isEmpty();
    }

    @Test
    void aTargetWithUnfinishedDeliveriesIsNotDeletedUnlessTheyAreDiscarded() {
        receiver.answering(503);
        String connection = connection("/busy", "\"redelivery\":{\"initialDelay\":\"PT1H\"}");
        String id = send("unfinished");
        eventually(() -> assertThat(delivery(id).get("attempts")).hasSize(1));
        tenant().delete("/v1/connections/" + connection).expect(409);
        tenant().delete("/v1/connections/" + connection + "?discard=true").expect(202);
        tenant().get("/v1/connections/" + connection).expect(404);
        statusBecomes(id, "failed");
        assertThat(delivery(id).get("reason").asText()).isEqualTo("deleted");
        assertThat(delivery(id).at("/target/name").asText()).isEqualTo("ERP");
    }

    @Test
    void aRateHoldsTheLaneBack() {
        connection("/slow", "\"ratePerSecond\":20");
        long begin = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            send("paced " + i);
        }
        eventually(() -> assertThat(receiver.requests("/slow")).hasSize(11));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void inAnOrderedLaneNothingOvertakesAMessageOfTheSameSender() {
        receiver.answering(got -> Answer.of(
                got.text().contains("\"first\"") && got.header("X-MAC-Attempt").equals("1") ? 503 : 200));
        connection("/ordered", "\"ordered\":true," + QUICK);
        send("first");
        send("second");
        send("third");
        eventually(() -> assertThat(receiver.requests("/ordered")).hasSize(4));
        assertThat(receiver.requests("/ordered"))
                .extracting(got -> got.text().replaceAll(".*\"text\":\"([a-z]+)\".*", "$1"))
                .containsExactly("first", "first", "second", "third");
    }

    private static String hmac(String secret, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
