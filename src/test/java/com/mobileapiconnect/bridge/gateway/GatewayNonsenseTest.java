package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
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
        return List.of(new AndroidSmsGateway(Clock.systemUTC()), new Twilio(), new Kannel());
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void nonsenseIsRead(Gateway.Receiving gateway) {
        Random random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] body =
                    text.toString().getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
            GatewayRequest request = new GatewayRequest(
                    "POST", List.of("http://localhost/x?" + text), text.toString(), name -> text.toString(), body);
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
