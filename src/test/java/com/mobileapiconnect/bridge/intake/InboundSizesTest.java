package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests of a phone may be so large and no larger. */
class InboundSizesTest extends ReceiverSuite {

    @Test
    void fiveHundredMayComeAtOnceAndNotOneMore() {
        phone.post("/v1/inbound", backlog(500, "500")).expect(202);
        Api.Reply refused = phone.post("/v1/inbound", backlog(501, "501")).expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("messages");
        phone.post("/v1/inbound", "{\"messages\":[]}").expect(422);
    }

    private static String backlog(int size, String run) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"id\":\"%s-%d\",\"from\":\"4\",\"text\":\"t\"}".formatted(run, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    @Test
    void aBottomlessNestIsABadRequest() {
        phone.post("/v1/inbound", "{\"x\":" + "[".repeat(100_000)).expect(400);
    }

    @Test
    void aSingleMessageOverOneMebibyteIsTooLargeWhateverItsHeadersClaim() {
        byte[] large = ("{\"from\":\"1\",\"text\":\"t\",\"pad\":\"" + "x".repeat(1 << 20) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        phone.post("/v1/inbound", large).expect(413);
        phone.send(phone.request("/v1/inbound").POST(chunked(large))).expect(413);
    }

    @Test
    void aBacklogMayTakeEightMebibytesAndNotMore() {
        String pad = "x".repeat(9_000);
        String members = IntStream.range(0, 500)
                .mapToObj(i -> "{\"id\":\"large-%d\",\"from\":\"6\",\"text\":\"%s\"}".formatted(i, pad))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        phone.post("/v1/inbound", members).expect(202);

        byte[] tooLarge = new byte[(8 << 20) + 1];
        Arrays.fill(tooLarge, (byte) ' ');
        phone.post("/v1/inbound", tooLarge).expect(413);
        phone.send(phone.request("/v1/inbound").POST(chunked(tooLarge))).expect(413);
    }

    @Test
    void aLargeBacklogBesideTwoOfItsTenantWaitsAtThePhoneAndHealthStaysUp() {
        LargeBacklogs places = bridge.bean(LargeBacklogs.class);
        Device device = bridge.bean(Devices.class)
                .find(tenant.get("/v1/devices").at("/data/0/id"))
                .orElseThrow();
        String members = IntStream.range(0, 500)
                .mapToObj(i -> "{\"id\":\"own-%d\",\"from\":\"6\",\"text\":\"%s\"}".formatted(i, "x".repeat(3_000)))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        try (LargeBacklogs.Place first = places.enter(device.tenantId());
                LargeBacklogs.Place second = places.enter(device.tenantId())) {
            assertThat(first.getAsBoolean() || second.getAsBoolean()).isFalse();
            assertThat(phone.post("/v1/inbound", members).expect(503).text()).contains("of this tenant");
            tenant.get("/actuator/health").expect(200);
        }
        phone.post("/v1/inbound", members).expect(202);
    }

    @Test
    void aBacklogThatHasToMakeRoomIsRefusedBetweenTwoMessages() {
        Device device = bridge.bean(Devices.class)
                .find(tenant.get("/v1/devices").at("/data/0/id"))
                .orElseThrow();
        Entrance entrance = bridge.bean(Entrance.class);
        InboundMessage message = new InboundMessage(
                "msg_way", device.tenantId(), device.id(), null, "1", null, "t", null, null, Instant.now(), Flags.NONE);
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> entrance.submit(device, List.of(message, message), () -> asked.incrementAndGet() > 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("fewer messages");
        assertThat(asked).hasValue(2);
        assertThat(tenant.get("/v1/messages").json().get("data")).isEmpty();
    }

    /** Without a Content-Length: the bound has to hold while reading. */
    private static HttpRequest.BodyPublisher chunked(byte[] body) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
}
