package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The signatures that apps and providers give as examples. */
class GatewaySignaturesTest {

    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1719045971);
    private static final String SIGNATURE = "1ef61defe85013d60c5c26e7c66a1bad8457d9e30374296a7f3b2ecd0ab8108d";

    private final SettableClock clock = new SettableClock(SIGNED_AT);
    private final AndroidSmsGateway android = new AndroidSmsGateway(clock);

    private static GatewayRequest request(String url, String body, Map<String, String> headers) {
        return new GatewayRequest(
                "POST", List.of(url), null, headers::get, body.getBytes(StandardCharsets.UTF_8), PairedAs.PLAIN);
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

    @Test
    void textbeeSignsTheBody() {
        Redacted key = new Redacted("0123456789abcdefghij");
        Map<String, String> signature =
                Map.of("X-Signature", "62f470598b934a7bc08ca923d86ed13ddf61697d46800e50a6471dbcc965ffea");
        Textbee textbee = new Textbee();
        assertThat(textbee.flaw(request("http://localhost/", "{\"a\":1}", signature), key))
                .isNull();
        assertThat(textbee.flaw(request("http://localhost/", "{\"a\":1} ", signature), key))
                .contains("HMAC-SHA256");
        assertThat(textbee.flaw(request("http://localhost/", "{\"a\":1}", Map.of()), key))
                .contains("must be given");
        assertThat(textbee.flaw(request("http://localhost/", "{\"a\":1}", signature), new Redacted("other")))
                .isNotNull();
    }

    @Test
    void smsForwarderSignsTheTimeWhicheverWayItsSignatureIsEscaped() {
        Redacted secret = new Redacted("secret");
        SmsForwarder forwarder = new SmsForwarder();
        String sign = "TPB1wswDJTgrI3iuPlnOb5KrQjbP0QDUEC6CoWuHyaE=";
        String time = "timestamp=1667489374043&sign=";
        for (String spelling : List.of(sign, sign.replace("=", "%3D"), sign.replace("=", "%253D"))) {
            assertThat(forwarder.flaw(request("http://localhost/", time + spelling, Map.of()), secret))
                    .as(spelling)
                    .isNull();
        }
        String json = "{\"timestamp\":\"1667489374043\",\"sign\":\"" + sign.replace("=", "%3D") + "\"}";
        assertThat(forwarder.flaw(request("http://localhost/", json, Map.of()), secret))
                .isNull();
        assertThat(forwarder.flaw(request("http://localhost/", time.replace("43&", "44&") + sign, Map.of()), secret))
                .isNotNull();
        assertThat(forwarder.flaw(request("http://localhost/", time + sign, Map.of()), new Redacted("Secret")))
                .isNotNull();
        assertThat(forwarder.flaw(request("http://localhost/", "timestamp=1", Map.of()), secret))
                .contains("must be given");
    }

    @Test
    void httpSmsSaysWhoCallsWhomAndForHowLong() {
        HttpSms httpSms = new HttpSms(clock);
        String url = "https://bridge.example.com/v1/inbound/httpsms/dvt_1";
        Instant soon = SIGNED_AT.plusSeconds(600);
        String key = "k1234567";
        for (String audience : List.of(url, "https://bridge.example.com", "https://bridge.example.com/")) {
            assertThat(flawOf(httpSms, url, Tokens.hs256(key, Tokens.claims("api.httpsms.com", audience, soon))))
                    .as(audience)
                    .isNull();
        }
        String claims = Tokens.claims("api.httpsms.com", url, soon);
        assertThat(flawOf(
                        httpSms, url, Tokens.hs256(key, claims.replace("[", "").replace("]", ""))))
                .isNull();
        assertThat(flawOf(httpSms, url, Tokens.hs256("other", claims))).contains("HS256");
        assertThat(flawOf(httpSms, url, Tokens.signed("{\"alg\":\"none\"}", key, claims)))
                .contains("HS256");
        String unsigned = Tokens.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + Tokens.base64(claims.getBytes(StandardCharsets.UTF_8)) + ".";
        assertThat(flawOf(httpSms, url, unsigned)).contains("HS256");
        assertThat(flawOf(httpSms, url, Tokens.hs256(key, Tokens.claims("evil.example.com", url, soon))))
                .contains("iss");
        String elsewhere = "https://bridge.example.org";
        assertThat(flawOf(httpSms, url, Tokens.hs256(key, Tokens.claims("api.httpsms.com", elsewhere, soon))))
                .contains("aud");
        assertThat(flawOf(httpSms, url, Tokens.hs256(key, "{\"iss\":\"api.httpsms.com\",\"aud\":\"" + url + "\"}")))
                .contains("10 minutes");
        assertThat(httpSms.flaw(request(url, "{}", Map.of()), new Redacted(key)))
                .contains("Authorization");
        String token = Tokens.hs256(key, claims);
        clock.advance(Duration.ofMinutes(12));
        assertThat(flawOf(httpSms, url, token)).contains("10 minutes");
        clock.advance(Duration.ofMinutes(-60));
        assertThat(flawOf(httpSms, url, token)).contains("10 minutes");
    }

    private static @Nullable String flawOf(HttpSms httpSms, String url, String token) {
        return httpSms.flaw(request(url, "{}", Map.of("Authorization", "Bearer " + token)), new Redacted("k1234567"));
    }

    @Test
    void vonageSignsTheSortedFieldsInOneOfFiveWays() throws Exception {
        Vonage vonage = new Vonage();
        Redacted secret = new Redacted("my_secret_key_for_testing");
        String body =
                "to=447700900000&msisdn=447700900001&text=a%26b%3Dc&message-timestamp=2026-01-01+12%3A00%3A00&sig=";
        byte[] signed = "&message-timestamp=2026-01-01 12:00:00&msisdn=447700900001&text=a_b_c&to=447700900000"
                .getBytes(StandardCharsets.UTF_8);
        byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(signed);
        List<byte[]> ways = new ArrayList<>(List.of(md5.digest(key)));
        for (String algorithm : List.of("HmacMD5", "HmacSHA1", "HmacSHA256", "HmacSHA512")) {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            ways.add(mac.doFinal(signed));
        }
        for (byte[] way : ways) {
            String sig = HexFormat.of().formatHex(way);
            assertThat(vonage.flaw(request("http://localhost/", body + sig, Map.of()), secret))
                    .isNull();
            assertThat(vonage.flaw(request("http://localhost/", body + sig.toUpperCase(Locale.ROOT), Map.of()), secret))
                    .isNull();
            assertThat(vonage.flaw(request("http://localhost/", body.replace("a%26", "b%26") + sig, Map.of()), secret))
                    .isNotNull();
            assertThat(vonage.flaw(request("http://localhost/", body + sig, Map.of()), new Redacted("other")))
                    .isNotNull();
        }
        assertThat(vonage.flaw(request("http://localhost/", "text=a", Map.of()), secret))
                .contains("must be given");
    }
}
