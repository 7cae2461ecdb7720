package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import com.mobileapiconnect.bridge.support.Texts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls that a receiver gets: which, what is in them, and by whom they are signed. */
class SignedCallsTest extends LaneSuite {

    @Test
    void theWebhookAndEveryConnectionGetTheSignedMessage() {
        tenant.put("/v1/webhooks", "{\"url\":\"%s\",\"secret\":\"%s\"}".formatted(receiver.url("/all?x=1%202"), SECRET))
                .expect(200);
        connection("/erp", "\"secret\":\"" + SECRET + "\"");
        String id = send(Texts.UGLY);

        eventually(() -> assertThat(receiver.requests()).hasSize(2));
        Got all = receiver.requests("/all?x=1%202").get(0);
        Got erp = receiver.requests("/erp").get(0);
        for (Got got : List.of(all, erp)) {
            assertThat(got.method()).isEqualTo("POST");
            assertThat(got.header("Content-Type")).isEqualTo("application/json");
            assertThat(got.header("X-MAC-Event")).isEqualTo("message.received");
            assertThat(got.header("X-MAC-Message")).isEqualTo(id);
            assertThat(got.header("X-MAC-Attempt")).isEqualTo("1");
            assertThat(got.header("X-MAC-Signature")).isEqualTo("sha256=" + Hmac.sha256(SECRET, got.body()));
            assertThat(got.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "content-type",
                            "content-length",
                            "host",
                            "accept",
                            "user-agent",
                            "accept-encoding",
                            "x-mac-event",
                            "x-mac-message",
                            "x-mac-delivery",
                            "x-mac-attempt",
                            "x-mac-signature",
                            "webhook-id",
                            "webhook-timestamp",
                            "webhook-signature");
            assertThat(got.text())
                    .startsWith("{\"event\":\"message.received\",\"from\":\"919876543210\",\"to\":\"911234500000\",")
                    .contains("\"ref\":null,\"receivedAt\":\"")
                    .endsWith("\"tenantName\":\"Acme Corp\"}");
        }
        assertThat(all.header("X-MAC-Delivery")).isNotEqualTo(erp.header("X-MAC-Delivery"));
        JsonNode body = new Api.Reply(200, null, erp.text()).json();
        assertThat(body.get("text").asText()).isEqualTo(Texts.UGLY);
    }

    @Test
    void withoutASecretNothingIsSigned() {
        connection("/plain", "");
        send("hello");
        eventually(() -> assertThat(receiver.requests("/plain")).hasSize(1));
        assertThat(receiver.requests("/plain").get(0).headers().keySet()).noneMatch(name -> name.contains("signature"));
    }

    @Test
    void aConnectionGetsOnlyWhatItsConditionMatches() {
        connection("/some", "\"when\":{\"field\":\"text\",\"op\":\"keyword\",\"value\":\"balance\"}");
        send("order 5");
        send("Balance, please");
        eventually(() -> assertThat(receiver.requests("/some")).hasSize(1));
        assertThat(receiver.requests("/some").get(0).text()).contains("Balance, please");
    }

    @Test
    void duringARotationBothSecretsSign() {
        String connection = connection("/rotated", "\"secret\":\"" + SECRET + "\"");
        Api.Reply rotated =
                tenant.post("/v1/connections/" + connection + "/rotate-secret").expect(200);
        assertThat(Instant.parse(rotated.at("/previousValidUntil")))
                .isAfter(Instant.now().plusSeconds(86_000));
        send("rotate");
        eventually(() -> assertThat(receiver.requests("/rotated")).hasSize(1));
        Got got = receiver.requests("/rotated").get(0);
        assertThat(got.header("X-MAC-Signature")).isEqualTo("sha256=" + Hmac.sha256(rotated.at("/secret"), got.body()));
        assertThat(got.header("X-MAC-Signature-Previous")).isEqualTo("sha256=" + Hmac.sha256(SECRET, got.body()));
        assertThat(got.header("webhook-signature").split(" ")).hasSize(2);
        assertThat(tenant.get("/v1/connections/" + connection).text()).doesNotContain("whsec_");
    }

    @Test
    void aTestSendsOneSampleNowAndStoresNothing() {
        String connection = connection("/try", "\"secret\":\"" + SECRET + "\"");
        Api.Reply attempt =
                tenant.post("/v1/connections/" + connection + "/test").expect(200);
        assertThat(attempt.at("/outcome")).isEqualTo("success");
        assertThat(attempt.at("/httpStatus")).isEqualTo("200");
        assertThat(receiver.requests("/try")).hasSize(1);
        assertThat(tenant.get("/v1/deliveries?target=" + connection).json().get("data"))
                .isEmpty();
    }
}
