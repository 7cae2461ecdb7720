package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The signatures that apps and providers give as examples. */
class GatewaySignaturesTest {

    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1719045971);
    private static final String SIGNATURE = "1ef61defe85013d60c5c26e7c66a1bad8457d9e30374296a7f3b2ecd0ab8108d";

    private final SettableClock clock = new SettableClock(SIGNED_AT);
    private final AndroidSmsGateway android = new AndroidSmsGateway(clock);

    private static GatewayRequest request(String url, String body, Map<String, String> headers) {
        return new GatewayRequest("POST", List.of(url), null, headers::get, body.getBytes(StandardCharsets.UTF_8));
    }

    private static GatewayRequest ofAndroid(String body, String timestamp, String signature) {
        return request("http://localhost/", body, Map.of("X-Timestamp", timestamp, "X-Signature", signature));
    }

    @Test
    void androidSmsGatewaySignsBodyAndTime() {
        Redacted key = new Redacted("k1234567");
        assertThat(android.flaw(ofAndroid("{\"a\":1}", "1719045971", SIGNATURE), key))
                .isNull();
        assertThat(android.flaw(ofAndroid("{\"a\":2}", "1719045971", SIGNATURE), key))
                .contains("HMAC-SHA256");
        assertThat(android.flaw(ofAndroid("{\"a\":1}", "1719045972", SIGNATURE), key))
                .isNotNull();
        assertThat(android.flaw(ofAndroid("{\"a\":1}", "1719045971", SIGNATURE), new Redacted("k1234568")))
                .isNotNull();
        assertThat(android.flaw(ofAndroid("{\"a\":1}", "soon", SIGNATURE), key)).contains("X-Timestamp");
        assertThat(android.flaw(request("http://localhost/", "{\"a\":1}", Map.of()), key))
                .contains("must be given");
    }

    @Test
    void aSignatureOfAndroidSmsGatewayIsGoodForFiveMinutes() {
        GatewayRequest request = ofAndroid("{\"a\":1}", "1719045971", SIGNATURE);
        clock.advance(Duration.ofMinutes(5));
        assertThat(android.flaw(request, new Redacted("k1234567"))).isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(android.flaw(request, new Redacted("k1234567"))).contains("5 minutes");
        clock.advance(Duration.ofMinutes(-11));
        assertThat(android.flaw(request, new Redacted("k1234567"))).contains("5 minutes");
    }

    @Test
    void twilioSignsTheUrlAndTheSortedFields() {
        String body = "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309"
                + "&CallSid=CA1234567890ABCDE";
        Map<String, String> signature = Map.of("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        Redacted token = new Redacted("12345");
        Twilio twilio = new Twilio();
        for (String host : List.of("mycompany.com", "mycompany.com:443")) {
            String url = "https://" + host + "/myapp.php?foo=1&bar=2";
            assertThat(twilio.flaw(request(url, body, signature), token))
                    .as(url)
                    .isNull();
        }
        String url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        assertThat(twilio.flaw(request(url + "1", body, signature), token)).isNotNull();
        assertThat(twilio.flaw(request(url, body + "5", signature), token)).isNotNull();
        assertThat(twilio.flaw(request(url, body, signature), new Redacted("12346")))
                .isNotNull();
        assertThat(twilio.flaw(request(url, body, Map.of()), token)).contains("must be given");
    }
}
