package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One message to every kind of bad receiver at once: each costs its own lane alone and ends as an attempt of the right
 * class. What came of it is written to target/bad-receivers.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadReceiversTest {

    private static final String ONCE = "\"redelivery\":{\"timeout\":\"PT20S\",\"maxAttempts\":1}";
    private static final String TO_ALL = ",\"when\":{\"field\":\"text\",\"op\":\"equals\",\"value\":\"to all\"}";

    @TempDir
    static Path data;

    private final Receiver elsewhere = new Receiver();
    private final Receiver good = new Receiver();
    private final RawServer late = RawServer.start(peer -> {
        peer.request();
        peer.waited(30_000);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    private final RawServer silent = RawServer.start(peer -> {
        peer.request();
        peer.hang();
    });
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final List<BadReceiver> receivers = BadReceiver.all(new Certificates(), elsewhere.url("/stolen"));
    private final Map<String, JsonNode> deliveries = new HashMap<>();
    private RunningBridge bridge;
    private FakeNames names;
    private String lateId;

    @BeforeAll
    void sendOneMessageToAll() {
        bridge = RunningBridge.start(List.of(FakeNames.class), data);
        names = bridge.bean(FakeNames.class);
        Map<String, String> ids = new HashMap<>();
        for (BadReceiver receiver : receivers) {
            ids.put(
                    receiver.name(),
                    connection(receiver.target(), inTime(receiver) + TO_ALL + ",\"http\":" + receiver.http()));
        }
        lateId = connection("http://127.0.0.1:" + late.port() + "/", "\"redelivery\":{\"maxAttempts\":1}" + TO_ALL);
        String silentId =
                connection("http://127.0.0.1:" + silent.port() + "/", ONCE.replace("PT20S", "PT30S") + TO_ALL);
        String goodId = connection(good.url("/good"), ONCE);
        send("to all");
        eventually(() -> assertThat(delivery(goodId).path("status").asText()).isEqualTo("delivered"));
        assertThat(delivery(silentId).path("status").asText())
                .as("the good one did not wait for the silent one")
                .isEqualTo("pending");
        within(
                60,
                () -> ids.forEach((name, id) -> {
                    JsonNode delivery = delivery(id);
                    assertThat(delivery.path("attempts")).as(name).hasSize(1);
                    deliveries.put(name, delivery);
                }));
    }

    @AfterAll
    void close() throws IOException {
        writeTable();
        hanging.countDown();
        bridge.close();
        receivers.forEach(receiver -> receiver.server().close());
        late.close();
        silent.close();
        good.close();
        elsewhere.close();
    }

    Stream<BadReceiver> receivers() {
        return receivers.stream();
    }

    @ParameterizedTest
    @MethodSource("receivers")
    void endsAsOneAttemptOfItsClassAfterOnePost(BadReceiver receiver) {
        JsonNode delivery = deliveries.get(receiver.name());
        JsonNode attempt = delivery.at("/attempts/0");

        assertThat(attempt.get("errorClass").asText(null))
                .as(attempt.toString())
                .isEqualTo(receiver.errorClass());
        assertStatus(receiver, attempt.get("httpStatus").asInt(0));
        assertThat(delivery.get("status").asText()).isEqualTo(receiver.errorClass() == null ? "delivered" : "failed");
        assertThat(attempt.get("error").isNull()).isEqualTo(receiver.errorClass() == null);
        assertThat(receiver.server().requests())
                .hasSizeLessThanOrEqualTo(receiver.posts())
                .hasSizeGreaterThanOrEqualTo(tooSlow(receiver) ? 0 : receiver.posts())
                .allMatch(head -> head.startsWith("POST "));
        assertThat(attempt.get("responseBody").asText("").length()).isLessThanOrEqualTo(2048);
    }

    @Test
    void redirectsLedNobodyElsewhere() {
        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void anAnswerAfterHalfAMinuteIsTooLateForTheDefaultOfEightSeconds() {
        within(60, () -> assertThat(delivery(lateId).path("attempts")).hasSize(1));
        JsonNode attempt = delivery(lateId).at("/attempts/0");
        assertThat(attempt.get("errorClass").asText()).isEqualTo("timeout");
        assertThat(attempt.get("durationMs").asInt()).isGreaterThanOrEqualTo(8_000);
        assertThat(late.requests()).hasSize(1);
    }

    @Test
    void aNameServiceThatHangsIsADnsFailureWithinTheDeadline() {
        names.tell("hangs.example.com", host -> {
            awaitQuietly(hanging);
            return new InetAddress[0];
        });
        eventually(
                () -> { // again if the machine was too busy even to ask in time
                    JsonNode attempt = tryOut("http://hangs.example.com/", "PT1S");
                    assertThat(attempt.get("errorClass").asText()).isEqualTo("dns");
                    assertThat(attempt.get("error").asText()).contains("longer than the call may");
                });
    }

    @Test
    void aNameThatDoesNotResolveIsADnsFailure() {
        assertThat(tryOut("http://nowhere.invalid/", "PT8S").get("errorClass").asText())
                .isEqualTo("dns");
    }

    @Test
    void aNameThatAnswersWithARefusedAddressTheSecondTimeIsRefused() {
        Receiver receiver = new Receiver();
        AtomicInteger asked = new AtomicInteger();
        names.tell(
                "rebinds.example.com", host -> new InetAddress[] {
                    InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")
                });
        // The answer says close, so that the second attempt has to connect anew.
        receiver.answering(got -> Receiver.Answer.of(503, Map.of("Connection", "close")));
        String id = connection(
                "http://rebinds.example.com:" + receiver.port() + "/",
                // later than the bridge keeps the first address
                "\"redelivery\":{\"initialDelay\":\"PT1.1S\",\"multiplier\":1,\"maxAttempts\":2}");
        send();
        eventually(() -> assertThat(delivery(id).path("attempts")).hasSize(2));
        assertThat(delivery(id).findValuesAsText("errorClass"))
                .as(asked + " "
                        + bridge.tenant()
                                .get("/v1/deliveries?target=" + id)
                                .json()
                                .findValuesAsText("messageId") + receiver.requests())
                .containsExactly("http", "refused");
        assertThat(delivery(id).at("/attempts/1/error").asText())
                .startsWith("rebinds.example.com: refused by the network guard")
                .doesNotContain("169.254");
        assertThat(receiver.requests()).hasSize(1);
        receiver.close();
    }

    @Test
    void aNameWithAGoodAndARefusedAddressReachesTheGoodOneAlone() {
        Receiver receiver = new Receiver();
        names.tell("mixed.example.com", host ->
                new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getByName("127.0.0.1")});
        assertThat(tryOut("http://mixed.example.com:" + receiver.port() + "/", "PT8S")
                        .get("outcome")
                        .asText())
                .isEqualTo("success");
        receiver.close();
    }

    @Test
    void aHostWithAnUnderscoreIsCalledByItsName() {
        Receiver receiver = new Receiver();
        names.tell("my_erp", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        assertThat(tryOut("http://my_erp:" + receiver.port() + "/sms_in?a_b=c", "PT8S")
                        .get("outcome")
                        .asText())
                .isEqualTo("success");
        assertThat(receiver.requests().get(0).header("Host")).isEqualTo("my_erp:" + receiver.port());
        receiver.close();
    }

    @Test
    void theBridgeItselfIsRefusedByEveryNameOfIt() throws Exception {
        names.tell("myself.example.com", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        names.tell("mapped.example.com", host -> new InetAddress[] {InetAddress.getByName("::ffff:127.0.0.1")});
        names.tell("unspecified.example.com", host -> new InetAddress[] {InetAddress.getByName("0.0.0.0")});
        InetAddress[] interfaces = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toArray(InetAddress[]::new);
        names.tell("interfaces.example.com", host -> interfaces);
        for (String name : List.of("myself", "mapped", "unspecified", "interfaces")) {
            JsonNode attempt = tryOut("http://" + name + ".example.com:" + bridge.port() + "/v1/inbound", "PT8S");
            assertThat(attempt.get("errorClass").asText()).as(name).isEqualTo("refused");
        }
    }

    @Test
    void anInternationalisedHostIsCalledByItsPunycodeName() {
        RawServer receiver = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        names.tell("xn--bcher-kva.example", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        JsonNode attempt = tryOut("http://xn--bcher-kva.example:" + receiver.port() + "/", "PT8S");
        assertThat(attempt.get("outcome").asText()).as(attempt.toString()).isEqualTo("success");
        assertThat(receiver.requests().get(0)).contains("Host: xn--bcher-kva.example:" + receiver.port() + "\r\n");
        receiver.close();
    }

    @Test
    void anInternationalisedHostIsHeldToItsCertificate() throws Exception {
        Certificates authority = new Certificates();
        names.tell("xn--mller-kva.example", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        for (String certified : List.of("xn--mller-kva.example", "xn--bcher-kva.example")) {
            RawServer receiver = RawServer.start(
                    authority.context(authority.server(Instant.now().plus(Duration.ofDays(1)), certified)), peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    });
            String ca = TextNode.valueOf(authority.authority().certificatePem()).toString();
            JsonNode attempt = tryOut(connection(
                    "https://xn--mller-kva.example:" + receiver.port() + "/",
                    ONCE + ",\"http\":{\"tls\":{\"ca\":" + ca + "}}"));
            assertThat(attempt.get("errorClass").asText())
                    .as(attempt.toString())
                    .isEqualTo(certified.startsWith("xn--mller") ? "null" : "tls");
            assertThat(attempt.get("error").asText())
                    .startsWith(
                            certified.startsWith("xn--mller")
                                    ? "null"
                                    : "The receiver has a certificate of another name. Use the name");
            receiver.close();
        }
    }

    /** Each request finds the connection closed under it: one failed attempt, and nothing sent a second time. */
    @Test
    void aKeptAliveConnectionThatIsClosedUnderTheRequestCostsOneAttemptAndNoSecondPost() {
        AtomicInteger taken = new AtomicInteger();
        RawServer receiver = RawServer.start(peer -> {
            for (int i = 0; i < 2; i++) {
                peer.request();
                if (taken.incrementAndGet() == 2) {
                    return; // the second request is read, and the connection closed for an answer
                }
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        String id = connection(
                "http://127.0.0.1:" + receiver.port() + "/",
                "\"concurrency\":1,\"redelivery\":{\"initialDelay\":\"PT0.05S\",\"multiplier\":1,\"maxAttempts\":3}");
        assertThat(tryOut(id).get("outcome").asText()).isEqualTo("success");
        send();
        eventually(() -> assertThat(delivery(id).path("status").asText()).isEqualTo("delivered"));
        assertThat(delivery(id).findValuesAsText("outcome")).containsExactly("failure", "success");
        assertThat(receiver.requests()).hasSize(3);
        assertThat(receiver.requests().stream()
                        .map(head -> head.replaceAll("(?s).*X-MAC-Attempt: ([0-9]+).*", "$1"))
                        .toList())
                .containsExactly("1", "1", "2");
        receiver.close();
    }

    /** A receiver that hangs up after each answer without saying so: noticed before the next POST goes out. */
    @Test
    void aConnectionThatWasClosedWhileItWasIdleCostsNoAttempt() {
        AtomicInteger closed = new AtomicInteger();
        RawServer receiver = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            peer.socket().close();
            closed.incrementAndGet();
        });
        String id = connection("http://127.0.0.1:" + receiver.port() + "/", ONCE);
        for (int i = 0; i < 3; i++) {
            assertThat(tryOut(id).get("outcome").asText()).isEqualTo("success");
            int hungUp = i + 1;
            eventually(() -> assertThat(closed).hasValue(hungUp));
            // idle for longer than connections go unchecked
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
        assertThat(receiver.requests()).hasSize(3);
        assertThat(receiver.connections()).isEqualTo(3);
        receiver.close();
    }

    /** How far a receiver got that is too slow is the machine's matter: it may not even have been connected to. */
    private static void assertStatus(BadReceiver receiver, int status) {
        if (tooSlow(receiver)) {
            assertThat(status).isIn(0, receiver.status());
        } else {
            assertThat(status).isEqualTo(receiver.status());
        }
    }

    private static boolean tooSlow(BadReceiver receiver) {
        return "timeout".equals(receiver.errorClass());
    }

    /** A few seconds for those that never end, plenty for the others: a busy machine is not too slow for them. */
    private static String inTime(BadReceiver receiver) {
        return tooSlow(receiver) ? ONCE.replace("PT20S", "PT4S") : ONCE;
    }

    private String connection(String url, String more) {
        return bridge.tenant().connection(url, more);
    }

    private JsonNode tryOut(String url, String timeout) {
        return tryOut(connection(url, "\"redelivery\":{\"timeout\":\"" + timeout + "\"}"));
    }

    private JsonNode tryOut(String id) {
        return bridge.tenant()
                .post("/v1/connections/" + id + "/test")
                .expect(200)
                .json();
    }

    private void send() {
        send("balance");
    }

    private void send(String text) {
        Api phone = bridge.phone();
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    /** The latest of that target. */
    private JsonNode delivery(String targetId) {
        return bridge.tenant()
                .get("/v1/deliveries?target=" + targetId)
                .expect(200)
                .json()
                .at("/data/0");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeTable() throws IOException {
        StringBuilder table = new StringBuilder(
                "| receiver | attempt | class | status | ms | POSTs on the wire |\n|---|---|---|---|---|---|\n");
        for (BadReceiver receiver : receivers) {
            JsonNode attempt = deliveries.get(receiver.name()).at("/attempts/0");
            table.append("| ")
                    .append(String.join(
                            " | ",
                            receiver.name(),
                            attempt.path("outcome").asText(),
                            attempt.path("errorClass").asText("").replace("null", "–"),
                            attempt.path("httpStatus").asText("").replace("null", "–"),
                            attempt.path("durationMs").asText(),
                            Integer.toString(receiver.server().requests().size())))
                    .append(" |\n");
        }
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("bad-receivers.md"), table);
    }
}
