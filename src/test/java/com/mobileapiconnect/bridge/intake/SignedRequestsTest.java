package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Requests of a phone that signs: what is asked of the signature, and what it says of a request that comes again. */
class SignedRequestsTest extends ReceiverSuite {

    private Api signingPhone() {
        return tenant.as(tenant.post("/v1/devices", "{\"name\":\"Signing\",\"signingKey\":\"k1234567\"}")
                .expect(201)
                .at("/token"));
    }

    @Test
    void aPhoneWithASigningKeyMustSign() {
        Api.Reply paired = tenant.post("/v1/devices", "{\"name\":\"Signing\",\"signingKey\":\"k1234567\"}")
                .expect(201);
        assertThat(paired.text()).doesNotContain("k1234567");
        Api signing = tenant.as(paired.at("/token"));
        byte[] body = "{\"from\":\"1\",\"text\":\"t\"}".getBytes(StandardCharsets.UTF_8);

        signing.post("/v1/inbound", body).expect(401);
        signing.post("/v1/inbound", body, "X-Signature", "00").expect(401);
        signing.post("/v1/inbound", body, "X-Signature", Hmac.sha256("k1234567", body))
                .expect(202);
    }

    @Test
    void aRecordedRequestThatIsSignedMakesNoSecondMessageAndAnEqualOneOfAnotherTimeDoes() {
        Api phone = signingPhone();
        String bare = "{\"messages\":[{\"from\":\"1\",\"text\":\"pay\"},{\"from\":\"1\",\"text\":\"pay\"}]}";
        Api.Reply first = phone.post(
                        "/v1/inbound",
                        bare.getBytes(StandardCharsets.UTF_8),
                        "X-Signature",
                        Hmac.sha256("k1234567", bare))
                .expect(202);
        assertThat(first.at("/messages/0/phoneId")).isEqualTo("null");
        assertThat(first.at("/messages/0/id")).as("two captures").isNotEqualTo(first.at("/messages/1/id"));
        Api.Reply again = phone.post(
                        "/v1/inbound",
                        bare.getBytes(StandardCharsets.UTF_8),
                        "X-Signature",
                        Hmac.sha256("k1234567", bare))
                .expect(202);
        for (int i = 0; i < 2; i++) {
            assertThat(first.at("/messages/" + i + "/duplicate")).isEqualTo("false");
            assertThat(again.at("/messages/" + i + "/duplicate")).isEqualTo("true");
            assertThat(again.at("/messages/" + i + "/id")).isEqualTo(first.at("/messages/" + i + "/id"));
        }
        for (int second = 10; second < 12; second++) {
            String timed = "{\"from\":\"1\",\"text\":\"pay\",\"receivedAt\":\"2026-06-12T14:32:" + second + ".000Z\"}";
            assertThat(phone.post(
                                    "/v1/inbound",
                                    timed.getBytes(StandardCharsets.UTF_8),
                                    "X-Signature",
                                    Hmac.sha256("k1234567", timed))
                            .expect(202)
                            .at("/messages/0/duplicate"))
                    .isEqualTo("false");
        }
    }

    @Test
    void aSignatureWithItsTimeIsGoodForMinutesAndTellsEqualCapturesApart() {
        Api phone = signingPhone();
        String body = "{\"from\":\"1\",\"text\":\"pay\"}";
        long now = Instant.now().getEpochSecond();
        for (long at : new long[] {now, now - 60}) {
            Api.Reply taken = timed(phone, body, Long.toString(at), Hmac.sha256("k1234567", at + "." + body))
                    .expect(202);
            assertThat(taken.at("/messages/0/duplicate")).isEqualTo("false");
            assertThat(timed(phone, body, Long.toString(at), Hmac.sha256("k1234567", at + "." + body))
                            .expect(202)
                            .at("/messages/0/id"))
                    .isEqualTo(taken.at("/messages/0/id"));
        }
        for (long at : new long[] {now - 301, now + 400}) {
            assertThat(timed(phone, body, Long.toString(at), Hmac.sha256("k1234567", at + "." + body))
                            .expect(401)
                            .at("/detail"))
                    .contains("X-Timestamp", "within 5 minutes");
        }
        timed(phone, body, "soon", Hmac.sha256("k1234567", "soon." + body)).expect(401);
        assertThat(timed(phone, body, Long.toString(now), Hmac.sha256("k1234567", (now + 1) + "." + body))
                        .expect(401)
                        .at("/detail"))
                .contains("X-Signature");
        timed(phone, body, "what a phone calls a time", Hmac.sha256("k1234567", body))
                .expect(202);
    }

    private static Api.Reply timed(Api phone, String body, String timestamp, String signature) {
        return phone.post(
                "/v1/inbound",
                body.getBytes(StandardCharsets.UTF_8),
                "X-Signature",
                signature,
                "X-Timestamp",
                timestamp);
    }
}
