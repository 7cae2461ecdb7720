package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that take an SMS, and of which nobody learns that they have. */
@OnBothDatabases
class UnansweredPushTest {

    static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database, "bridge.reply.sweep-every=PT0.1S", "bridge.reply.lease=PT0.1S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final Api tenant = bridge.tenant();

    private Api.Reply pair(RawServer gateway) {
        return tenant.post("/v1/devices", """
                        {"name":"Gateway","number":"911234500000","adapter":"twilio","transport":
                         {"type":"twilio","url":"http://127.0.0.1:%s","accountSid":"AC1","authToken":"hush-hush"}}""".formatted(gateway.port())).expect(201);
    }

    private String send(Api.Reply paired) {
        return tenant.post("/v1/messages", """
                        {"to":"919876543210","text":"hi","deviceId":"%s"}""".formatted(paired.at("/id")))
                .expect(202)
                .at("/id");
    }

    @Test
    void anSmsWithoutAnAnswerIsGivenThreeTimesAtMostAndMayTurnOutToBeSent() {
        try (RawServer gateway = RawServer.start(peer -> peer.request())) {
            Api.Reply paired = pair(gateway);
            String id = send(paired);
            eventually(() -> {
                Api.Reply sms = tenant.get("/v1/outgoing/" + id);
                assertThat(sms.at("/status")).isEqualTo("failed");
                assertThat(sms.at("/error")).isEqualTo("The phone or gateway had it 3 times and never reported");
            });
            assertThat(gateway.requests()).hasSize(3);
            bridge.nobody()
                    .post(
                            "/v1/inbound/twilio/" + paired.at("/token") + "?sms=" + id,
                            "MessageSid=SM1&MessageStatus=delivered")
                    .expect(200);
            assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("delivered");
        }
    }

    @Test
    void aGatewayThatSaidYesHasTheSmsThoughItsAnswerBreaksOff() {
        try (RawServer gateway = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"sid\":\"SM1\",");
        })) {
            String id = send(pair(gateway));
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("sent"));
            assertThat(gateway.requests()).hasSize(1);
        }
    }
}
