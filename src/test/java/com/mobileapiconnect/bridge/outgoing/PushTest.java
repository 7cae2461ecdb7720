package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that SMS are pushed to, each gateway as its documentation describes it. */
@OnBothDatabases
class PushTest {

    private static final String TEXT = "Grüße & 100% \uD83D\uDE00";

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
                        {"to":"%s","text":"%s","deviceId":"%s","sim":2}""".formatted(to, TEXT, device))
                .expect(202)
                .at("/id");
    }

    private Receiver.Got got(Receiver gateway) {
        eventually(() -> assertThat(gateway.requests()).isNotEmpty());
        return gateway.requests().get(0);
    }

    private void becomes(String id, String status) {
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo(status));
    }

    private static String decoded(String form) {
        return URLDecoder.decode(form, StandardCharsets.UTF_8);
    }

    @Test
    void androidSmsGateway() throws Exception {
        try (Receiver gateway = new Receiver().answering(202)) {
            Api.Reply device = pair("""
                    {"type":"android-sms-gateway","url":"%s","username":"sms","password":"pass"}""".formatted(gateway.url("/message")));
            String id = send(device.at("/id"), "919876543210");
            becomes(id, "sent");
            assertThat(got(gateway).header("Authorization")).isEqualTo("Basic c21zOnBhc3M=");
            assertThat(got(gateway).header("Content-Type")).startsWith("application/json");
            assertThat(new JsonMapper().readTree(got(gateway).body()))
                    .isEqualTo(new JsonMapper().readTree("""
                    {"id":"%s","textMessage":{"text":"%s"},"phoneNumbers":["+919876543210"],"simNumber":2}""".formatted(id, TEXT)));
            tenant.as(device.at("/token")).get("/v1/outbox").expect(403);
        }
    }

    @Test
    void twilio() {
        try (Receiver gateway = new Receiver().answering(201)) {
            String device = pair("""
                    {"type":"twilio","url":"%s","accountSid":"AC12","authToken":"secret"}""".formatted(gateway.url(""))).at("/id");
            becomes(send(device, "919876543210"), "sent");
            Receiver.Got got = got(gateway);
            assertThat(got.method() + " " + got.path()).isEqualTo("POST /2010-04-01/Accounts/AC12/Messages.json");
            assertThat(got.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
            assertThat(decoded(got.text())).isEqualTo("To=+919876543210&From=+911234500002&Body=" + TEXT);
        }
    }

    @Test
    void kannel() {
        try (Receiver gateway = new Receiver().answering(202)) {
            String device = pair("""
                    {"type":"kannel","url":"%s","username":"u","password":"p&q","from":"ACME"}""".formatted(gateway.url("/cgi-bin/sendsms"))).at("/id");
            becomes(send(device, "12345"), "sent");
            Receiver.Got got = got(gateway);
            assertThat(got.method()).isEqualTo("GET");
            assertThat(got.path()).contains("password=p%26q&").contains("%F0%9F%98%80");
            assertThat(decoded(got.path()))
                    .isEqualTo("/cgi-bin/sendsms?username=u&password=p&q&from=ACME&to=12345&text=" + TEXT
                            + "&coding=2&charset=UTF-8");
        }
    }

    @Test
    void aGatewayThatIsBusyIsAskedAgainAndOneThatRefusesIsNot() {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver gateway =
                new Receiver().answering(got -> Receiver.Answer.of(calls.incrementAndGet() == 1 ? 503 : 409, "busy"))) {
            String device = pair("""
                    {"type":"android-sms-gateway","url":"%s","username":"sms","password":"pass"}""".formatted(gateway.url("/message"))).at("/id");
            String id = send(device, "919876543210");
            eventually(() -> assertThat(tenant.get("/v1/outgoing/" + id).at("/error"))
                    .isEqualTo("android-sms-gateway: HTTP 503: busy"));
            assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("queued");
            becomes(id, "sent");
            gateway.answering(got -> Receiver.Answer.of(400, "no such number"));
            String refused = send(device, "919876543211");
            becomes(refused, "failed");
            assertThat(tenant.get("/v1/outgoing/" + refused).at("/error")).contains("no such number");
        }
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
}
