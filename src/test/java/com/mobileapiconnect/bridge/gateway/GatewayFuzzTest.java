package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an app's URL is called with, there is an answer and no fault; what is authentic is kept. */
@OnBothDatabases
class GatewayFuzzTest {

    private static final int EACH = 60;
    /** The same in each run, as all that is random here. */
    private static final Instant AT = Instant.parse("2026-06-12T14:32:00.125Z");

    @Test
    void requestsThatAreBrokenAnywhereAreNoFault(Database database) {
        Random random = new Random(5);
        try (RunningBridge bridge = RunningBridge.shared(database)) {
            for (SpokenBy.Speaker speaker : SpokenBy.all()) {
                String name = speaker.gateway().name();
                Api tenant = bridge.newTenant().api();
                String token = tenant.post("/v1/devices", "{\"name\":\"F\",\"adapter\":\"" + name + "\"}")
                        .expect(201)
                        .at("/token");
                for (int i = 0; i < EACH; i++) {
                    Said said = new Said("id-" + i, "+1650", "+1651", Unicode.text(random), AT);
                    Call call = speaker.app().say(said, true);
                    byte[] body = broken(call.body().clone(), random);
                    String query = new String(
                                    broken(call.query().getBytes(StandardCharsets.US_ASCII), random),
                                    StandardCharsets.ISO_8859_1)
                            .replaceAll("[^!-~]|[\"<>\\\\^`{|}%]", "");
                    Api.Reply reply = bridge.nobody()
                            .send(bridge.nobody()
                                    .request("/v1/inbound/" + name + "/" + token + (query.isEmpty() ? "" : "?" + query))
                                    .method(
                                            call.method(),
                                            body.length == 0
                                                    ? HttpRequest.BodyPublishers.noBody()
                                                    : HttpRequest.BodyPublishers.ofByteArray(body)));
                    assertThat(reply.status()).as(name + " " + reply.text()).isEqualTo(200);
                }
                assertThat(tenant.get("/v1/messages?limit=500")
                                .json()
                                .get("data")
                                .size())
                        .as(name)
                        .isBetween(1, EACH);
            }
        }
    }

    private static byte[] broken(byte[] bytes, Random random) {
        for (int n = bytes.length == 0 ? 0 : random.nextInt(4); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
