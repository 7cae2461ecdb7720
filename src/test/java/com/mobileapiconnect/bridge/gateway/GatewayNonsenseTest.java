package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, a gateway answers and does not break. */
class GatewayNonsenseTest {

    private static final String[] PIECES = {
        "from=",
        "text=",
        "&",
        "%",
        "%zz",
        "%E2%82",
        "=",
        "+",
        "charset=",
        "x-UTF-16LE-BOM",
        "coding=",
        "time=",
        "9".repeat(30),
        "MessageSid=",
        "content=",
        "timestamp=",
        "sign=",
        "task=send",
        "task=sent",
        "secret=",
        "msisdn=",
        "concat=true",
        "concat-ref=1",
        "concat-total=2",
        "concat-part=",
        "udh=%05%00%03%01%02%01",
        "dlr=1",
        "sms=out_1",
        "status=",
        "NumMedia=99",
        "\"queued_messages\":",
        "\"message_result\":",
        "\"webhookEvent\":",
        "\"MESSAGE_RECEIVED\"",
        "\"type\":",
        "\"message.phone.received\"",
        "\"data\":",
        "\"attachments\":",
        "\"encrypted\":true",
        "\"content\":",
        "\n+1\n",
        "2022-11-03 23:08:20",
        "Bearer a.b.c",
        "From=",
        "Body=",
        "{",
        "}",
        "[",
        "]",
        "\"event\":",
        "\"sms:received\"",
        "\"sms:sent\"",
        "\"payload\":",
        "\"message\":",
        "\"sender\":",
        "\"simNumber\":",
        "1e999",
        "\"receivedAt\":",
        "\"2024-06-22T15:46\"",
        ",",
        "null",
        "\"\\ud800\"",
        "\u0000",
        "\u00ff",
        "x".repeat(200)
    };

    static List<Gateway.Receiving> gateways() {
        return AllGateways.list(Clock.systemUTC());
    }

    private static @Nullable Mapping mapping(Random random) {
        Mapping.Source places = new Mapping.Source(List.of("/payload/message", "from", "text"), null, null);
        Mapping.Source hex = new Mapping.Source(List.of("/payload"), "0", Mapping.Source.UTF_16_HEX);
        Mapping.Source date = new Mapping.Source(List.of("time", "/receivedAt"), null, "yy,MM,dd");
        return random.nextBoolean()
                ? null
                : new Mapping(Map.of("from", places, "text", hex, "receivedAt", date, "id", places), null);
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void nonsenseIsRead(Gateway.Receiving gateway) {
        Random random = new Random(13);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] body =
                    text.toString().getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
            GatewayRequest request = new GatewayRequest(
                    random.nextBoolean() ? "POST" : "GET",
                    List.of("http://localhost/x?" + text),
                    text.toString(),
                    name -> text.toString(),
                    body,
                    new PairedAs(new AppSettings(random.nextBoolean(), mapping(random), false), false, null));
            Received received = gateway.receive(request);
            assertThat(gateway.receipt(received).status()).isEqualTo(200);
            if (received instanceof Received.Unparsed unparsed) {
                assertThat(unparsed.why()).doesNotContain("x".repeat(200));
            }
            if (gateway instanceof Gateway.Signing signing) {
                assertThat(signing.flaw(request, new Redacted("key"))).isNotNull();
            }
        }
    }
}
