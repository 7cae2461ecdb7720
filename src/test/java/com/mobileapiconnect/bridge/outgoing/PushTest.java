package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that SMS are pushed to; what a gateway gets is held by its own {@code GatewayContract}. */
@OnBothDatabases
class PushTest {

    static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database, "bridge.reply.sweep-every=PT0.2S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final Api tenant = bridge.tenant();

    private Api.Reply pair(String transport) {
        return tenant.post("/v1/devices", """
                        {"name":"Gateway","number":"911234500000","sims":{"2":"911234500002"},"transport":%s}""".formatted(transport)).expect(201);
    }

    private String send(String device, String to) {
        return tenant.post("/v1/messages", """
                        {"to":"%s","text":"hi","deviceId":"%s"}""".formatted(to, device))
                .expect(202)
                .at("/id");
    }

    private void becomes(String id, String status) {
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo(status));
    }

    @Test
    void aGatewayThatIsBusyIsAskedAgainAndOneThatRefusesIsNot() {
        try (Receiver gateway = new Receiver().answering(got -> Receiver.Answer.of(503, "busy"))) {
            String device = pair("""
                    {"type":"android-sms-gateway","url":"%s","username":"sms","password":"pass"}""".formatted(gateway.url("/message"))).at("/id");
            String id = send(device, "919876543210");
            eventually(() -> {
                Api.Reply sms = tenant.get("/v1/outgoing/" + id);
                assertThat(sms.at("/error")).isEqualTo("android-sms-gateway: HTTP 503: busy");
                assertThat(sms.at("/status")).isEqualTo("queued");
            });
            gateway.answering(got -> Receiver.Answer.of(409, "busy"));
            becomes(id, "sent");
            gateway.answering(got -> Receiver.Answer.of(400, "no such number"));
            String refused = send(device, "919876543211");
            becomes(refused, "failed");
            assertThat(tenant.get("/v1/outgoing/" + refused).at("/error")).contains("no such number");
        }
    }

    @Test
    void aDeviceThatIsPushedToHasNoOutbox() {
        Api.Reply device = pair("""
                {"type":"android-sms-gateway","url":"https://gateway.example.com/","username":"sms","password":"pass"}""");
        tenant.as(device.at("/token")).get("/v1/outbox").expect(403);
    }

    @Test
    void secretsAreNeverShownAndDoNotGoToAnotherUrl() {
        Api.Reply paired = pair("""
                {"type":"kannel","url":"https://kannel.example.com/sendsms","username":"u","password":"hush-hush"}""");
        String id = paired.at("/id");
        assertThat(paired.text()).doesNotContain("hush-hush");
        Api.Reply shown = tenant.get("/v1/devices/" + id).expect(200);
        assertThat(shown.at("/transport/username")).isEqualTo("u");
        assertThat(shown.text()).doesNotContain("hush-hush");
        tenant.patch("/v1/devices/" + id, shown.text()).expect(200);
        assertThat(tenant.patch("/v1/devices/" + id, """
                        {"transport":{"type":"kannel","url":"https://evil.example.com/","username":"u"}}""").expect(422).at("/errors/0/field"))
                .isEqualTo("transport.password");
        tenant.patch("/v1/devices/" + id, "{\"transport\":{\"type\":\"pigeon\"}}")
                .expect(422);
        tenant.patch("/v1/devices/" + id, """
                        {"transport":{"type":"android-sms-gateway","url":"http://10.0.0.1/message","username":"u","password":"p"}}""").expect(422);
        assertThat(tenant.patch("/v1/devices/" + id, "{\"transport\":null}").at("/transport/type"))
                .isEqualTo("poll");
    }

    @Test
    void whatAGatewayDoesNotTakeHoldsUpNoOther() {
        String device =
                tenant.post("/v1/devices", "{\"name\":\"Phone\"}").expect(201).at("/id");
        String first = send(device, "919876543210");
        String second = send(device, "919876543211");
        assertThat(failsNow(device)).isEqualTo(first);
        assertThat(failsNow(device)).isEqualTo(second);
        assertThat(failsNow(device)).isEqualTo(first);
    }

    @Test
    void anSmsToOneNumberThatFailedIsTriedAgainBeforeThoseToMany() {
        String device =
                tenant.post("/v1/devices", "{\"name\":\"Phone\"}").expect(201).at("/id");
        String many =
                tenant.post("/v1/messages", """
                        {"to":["919876543212"],"text":"hi","deviceId":"%s"}""".formatted(device)).expect(202).at("/messages/0/id");
        String one = send(device, "919876543210");
        for (int tried = 0; tried < 3; tried++) {
            assertThat(failsNow(device)).isEqualTo(one);
        }
        assertThat(failsNow(device)).isEqualTo(many);
        assertThat(failsNow(device)).isEqualTo(one);
    }

    /** Pushes the next SMS of a device, which fails and is due again at once. */
    private static String failsNow(String device) {
        Device found = bridge.bean(Devices.class).find(device).orElseThrow();
        String id = bridge.bean(OutgoingQueue.class)
                .takeForPush(found)
                .orElseThrow()
                .id();
        Instant due = Instant.now().minusSeconds(1);
        return bridge.bean(Store.class).writeNow(tx -> {
            OutgoingRows.postpone(tx, id, due, "HTTP 500", due);
            return id;
        });
    }

    @Test
    void whileAGatewayHasNotAnsweredItsReportsOfOtherSmsAreTaken() {
        try (RawServer gateway = RawServer.start(peer -> peer.request())) {
            Api.Reply device =
                    tenant.post("/v1/devices", """
                            {"name":"Gateway","adapter":"textbee","transport":
                             {"type":"textbee","url":"http://127.0.0.1:%s/","apiKey":"hush-hush"}}""".formatted(gateway.port())).expect(201);
            String id = send(device.at("/id"), "919876543210");
            eventually(() -> {
                Api.Reply sms = tenant.get("/v1/outgoing/" + id);
                assertThat(sms.at("/status")).isEqualTo("leased");
                assertThat(sms.at("/error")).contains("closed the connection");
            });
            bridge.nobody()
                    .post(
                            "/v1/inbound/textbee/" + device.at("/token"),
                            "{\"webhookEvent\":\"MESSAGE_SENT\",\"smsId\":\"of-somebody-else\"}")
                    .expect(200);
        }
    }

    @Test
    void aGatewayThatWantsToBeLeftInPeaceIs() {
        try (Receiver gateway = new Receiver()
                .answering(got -> new Receiver.Answer(
                        429, Map.of("Retry-After", "3600"), "slowly".getBytes(StandardCharsets.UTF_8)))) {
            String device = pair(ofTwilio(gateway.url(""), "wrong")).at("/id");
            String first = send(device, "919876543210");
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing/" + first).at("/error")).isEqualTo("twilio: HTTP 429: slowly"));
            send(device, "919876543211");
            bridge.bean(Sweeper.class).sweep();
            assertThat(gateway.requests()).hasSize(1);
            gateway.answering(201);
            tenant.patch("/v1/devices/" + device, "{\"transport\":" + ofTwilio(gateway.url(""), "right") + "}")
                    .expect(200);
            eventually(() -> assertThat(gateway.requests()).hasSize(2));
        }
    }

    private static String ofTwilio(String url, String token) {
        return """
                {"type":"twilio","url":"%s","accountSid":"AC1","authToken":"%s"}""".formatted(url, token);
    }

    @ParameterizedTest
    @CsvSource({
        "CN, 18632345678, +8618632345678",
        "BR, 31987654321, +5531987654321",
        "IN, 09876543210, +919876543210",
        "US, 2025550123, +12025550123",
        "IN, 447911123456, +447911123456",
        ", 31987654321, +31987654321",
        ", 09876543210, 09876543210"
    })
    void aNationalNumberGoesOutAsOneOfItsCountry(@Nullable String region, String to, String pushed) {
        try (Receiver gateway = new Receiver().answering(202)) {
            String device = tenant.post("/v1/devices", """
                            {"name":"Gateway","region":%s,"transport":
                             {"type":"android-sms-gateway","url":"%s","username":"sms","password":"pass"}}""".formatted(
                                    region == null ? "null" : "\"" + region + "\"", gateway.url("/")))
                    .expect(201)
                    .at("/id");
            becomes(send(device, to), "sent");
            assertThat(gateway.requests().get(0).text()).contains("\"phoneNumbers\":[\"" + pushed + "\"]");
        }
    }
}
