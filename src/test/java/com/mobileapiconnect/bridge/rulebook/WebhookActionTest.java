package com.mobileapiconnect.bridge.rulebook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import org.junit.jupiter.api.Test;

/** A rule's webhook has the options of every target that calls a URL. */
class WebhookActionTest extends ReceiverSuite {

    private String rule(String url, String more) {
        return "{\"name\":\"R\",\"then\":[{\"type\":\"webhook\",\"url\":\"" + url + "\"" + more + "}]}";
    }

    @Test
    void itSendsHeadersAndCredentialsThatNobodyIsShownAndThatStayWithTheirReceiver() {
        JsonNode made = tenant.post(
                        "/v1/rules",
                        rule(
                                receiver.url("/hook"),
                                ",\"http\":{\"headers\":{\"X-Key\":\"k3y\"},\"auth\":{\"type\":\"bearer\",\"token\":\"t0ken\"}},"
                                        + "\"expiresAfter\":\"PT1H\""))
                .expect(201)
                .json();
        String path = "/v1/rules/" + made.path("id").asText();
        assertThat(made.toString()).doesNotContain("k3y", "t0ken");
        assertThat(made.at("/then/0/http/headers/X-Key").asBoolean()).isTrue();
        assertThat(made.at("/then/0/expiresAfter").asText()).isEqualTo("PT1H");

        assertThat(tenant.put(path, made.toString()).expect(200).json().at("/then/0/http"))
                .isEqualTo(made.at("/then/0/http"));
        assertThat(tenant.put(path, rule("https://elsewhere.example.com/hook", ""))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("then[0].http");
        String file = tenant.get("/v1/config").expect(200).text();
        assertThat(file).doesNotContain("k3y", "t0ken");
        tenant.put("/v1/config", file).expect(200);

        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"pay\"}")
                .expect(202);
        eventually(() -> assertThat(receiver.requests("/hook")).hasSize(1));
        assertThat(receiver.requests("/hook").get(0).header("X-Key")).isEqualTo("k3y");
        assertThat(receiver.requests("/hook").get(0).header("Authorization")).isEqualTo("Bearer t0ken");

        JsonNode without = tenant.put(path, rule(receiver.url("/hook"), ",\"http\":null"))
                .expect(200)
                .json();
        assertThat(without.at("/then/0/http").isNull()).isTrue();
        assertThat(without.at("/then/0/expiresAfter").isNull()).isTrue();
    }
}
