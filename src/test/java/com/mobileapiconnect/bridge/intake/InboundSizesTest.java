package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** Without a Content-Length: the bound has to hold while reading. */
    private static HttpRequest.BodyPublisher chunked(byte[] body) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
}
