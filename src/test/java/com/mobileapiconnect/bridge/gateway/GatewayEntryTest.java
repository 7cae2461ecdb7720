package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The entry that all gateways share: what pairing promises is there, and the token in the path stays a secret. */
@OnBothDatabases
class GatewayEntryTest {

    private static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(List.of(Broken.class), data, database);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** An app whose requests no code was written for. */
    static class Broken implements Gateway.Receiving {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Received receive(GatewayRequest request) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public GatewayAnswer receipt(Received received) {
            return GatewayAnswer.of("text/plain", "thanks");
        }
    }

    @Test
    void aGatewayIsABeanAndARequestThatBreaksItIsKept() {
        Api tenant = bridge.tenant();
        Api.Reply refused = tenant.post("/v1/devices", "{\"name\":\"P\",\"adapter\":\"pigeon\"}")
                .expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("adapter");
        assertThat(refused.at("/errors/0/message"))
                .isEqualTo(
                        "must be one of android-sms-gateway, broken, http-json, httpsms, huawei, incoming-sms-webhook,"
                                + " kannel, sms-forwarder, smssync, teltonika, textbee, twilio, vonage, zte");
        String token = pair(tenant, "broken");
        assertThat(bridge.nobody()
                        .post("/v1/inbound/broken/" + token, "hello")
                        .expect(200)
                        .text())
                .isEqualTo("thanks");
        String id = tenant.get("/v1/messages").at("/data/0/id");
        assertThat(tenant.get("/v1/messages/" + id).at("/raw/body")).isEqualTo("hello");
    }

    private static String pair(Api tenant, String adapter) {
        return tenant.post("/v1/devices", "{\"name\":\"App\",\"adapter\":\"" + adapter + "\"}")
                .expect(201)
                .at("/token");
    }

    @Test
    void aDeviceWhoseAdapterNobodyServesKeepsLoadingAndCanBeChanged(Database database, @TempDir Path data) {
        String[] settings = database.settings();
        String token;
        String id;
        try (RunningBridge bridge = RunningBridge.start(data, settings)) {
            Api.Reply paired = bridge.tenant()
                    .post("/v1/devices", "{\"name\":\"Old\",\"adapter\":\"twilio\"}")
                    .expect(201);
            token = paired.at("/token");
            id = paired.at("/id");
            bridge.bean(Store.class)
                    .writeNow(tx ->
                            tx.sql().sql("update device set adapter = 'pigeon'").update());
        }
        try (RunningBridge bridge = RunningBridge.start(data, settings)) {
            Api tenant = bridge.tenant();
            Api.Reply shown = tenant.get("/v1/devices/" + id).expect(200);
            assertThat(shown.at("/adapter")).isEqualTo("pigeon");
            bridge.nobody().post("/v1/inbound/pigeon/" + token, "x").expect(404);
            bridge.nobody().post("/v1/inbound/twilio/" + token, "x").expect(403);
            tenant.patch("/v1/devices/" + id, shown.text()).expect(200);
            tenant.patch("/v1/devices/" + id, "{\"adapter\":\"twilio\"}").expect(200);
            bridge.nobody()
                    .post("/v1/inbound/twilio/" + token, "MessageSid=1&From=%2B1650&Body=Hi")
                    .expect(200);
        }
    }

    @Test
    void theTokenIsInNoLogAndInNoAnswer() throws IOException {
        List<String> answers = new ArrayList<>();
        String token = pair(bridge.tenant(), "broken");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Api nobody = bridge.nobody();
        String path = "/v1/inbound/broken/" + token;
        List<Supplier<Api.Reply>> calls = List.of(
                () -> nobody.post(path, "hello"),
                () -> nobody.get(path),
                () -> nobody.post(path + "/more", "hello"),
                () -> nobody.post(path.replace("broken", "pigeon"), "hello"),
                () -> nobody.post(path.replace("broken", "twilio"), "hello"),
                () -> nobody.post(path, "x".repeat((1 << 20) + 1)));
        calls.forEach(call -> answers.add(call.get().text()));
        answers.add(raw(bridge.port(), "GET " + path + "?text=\u00fc<| HTTP/1.1\r\nHost: x\r\n\r\n"));
        answers.add(raw(bridge.port(), "G\u00fcT " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        String id = bridge.tenant().get("/v1/messages").at("/data/0/id");
        answers.add(bridge.tenant().get("/v1/messages/" + id).text());
        root.detachAppender(log);
        assertThat(log.list)
                .extracting(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .isNotEmpty()
                .noneMatch(line -> line.contains(token));
        assertThat(answers).hasSize(9).noneMatch(answer -> answer.contains(token));
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
