package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that a target's {@code http} asks for: when they are fetched, and what becomes of a call without one. */
class HttpTokensTest extends ReceiverSuite {

    private String connection(String http) {
        return tenant.connection(receiver.url("/erp"), "\"http\":" + http);
    }

    private String oauth(String more) {
        return "{\"auth\":{\"type\":\"oauth2\",\"tokenUrl\":\"" + receiver.url("/token")
                + "\",\"clientId\":\"erp 1\",\"clientSecret\":\"s:cret\"," + more + "}}";
    }

    @Test
    void tokensAreFetchedOnceKeptAndSentAsBearer() {
        AtomicInteger fetched = new AtomicInteger();
        receiver.answering(got -> got.path().equals("/token")
                ? Answer.of(
                        200,
                        "{\"access_token\":\"t-" + fetched.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                : Answer.of(200));
        String id = connection(oauth("\"scope\":\"sms write\",\"audience\":\"https://erp\""));
        for (int i = 0; i < 20; i++) {
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        }
        eventually(() -> assertThat(receiver.requests("/erp")).hasSize(20));
        assertThat(receiver.requests("/erp"))
                .extracting(got -> got.header("Authorization"))
                .containsOnly("Bearer t-1");
        assertThat(receiver.requests("/token")).hasSize(1);
        Receiver.Got asked = receiver.requests("/token").get(0);
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("erp+1:s%3Acret".getBytes(StandardCharsets.UTF_8)));
        assertThat(asked.text()).isEqualTo("grant_type=client_credentials&scope=sms+write&audience=https%3A%2F%2Ferp");
    }

    @Test
    void aTokenThatExpiresOrIsRefusedIsFetchedAnewForTheNextAttempt() {
        AtomicInteger fetched = new AtomicInteger();
        AtomicReference<String> good = new AtomicReference<>("");
        receiver.answering(got -> {
            if (got.path().equals("/token")) {
                good.set("t-" + fetched.incrementAndGet());
                return Answer.of(200, "{\"access_token\":\"" + good.get() + "\",\"expires_in\":\"3600\"}");
            }
            return Answer.of(got.header("Authorization").equals("Bearer " + good.get()) ? 200 : 401);
        });
        String id = connection(oauth("\"inBody\":true"));
        assertThat(tenant.tryOut(id).get("outcome").asText()).isEqualTo("success");
        good.set("revoked");
        JsonNode refused = tenant.tryOut(id);
        assertThat(refused.get("httpStatus").asInt()).isEqualTo(401);
        assertThat(receiver.requests("/erp")).as("one POST per attempt").hasSize(2);
        assertThat(tenant.tryOut(id).get("outcome").asText()).isEqualTo("success");
        assertThat(receiver.requests("/token")).hasSize(2);
        assertThat(receiver.requests("/token").get(0).text())
                .isEqualTo("grant_type=client_credentials&client_id=erp+1&client_secret=s%3Acret");
    }

    @Test
    void aTokenThatNeverWorksIsNotFetchedAgainAtEveryAttempt() {
        receiver.answering(got ->
                got.path().equals("/token") ? Answer.of(200, "{\"access_token\":\"never-good\"}") : Answer.of(401));
        String id = connection(oauth("\"scope\":null"));
        for (int i = 0; i < 3; i++) {
            assertThat(tenant.tryOut(id).get("httpStatus").asInt()).isEqualTo(401);
        }
        assertThat(receiver.requests("/token")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | {\"error\":\"invalid_client\",\"token\":\"leak\"} | HTTP 400: invalid_client",
                "500 | oops leak | HTTP 500",
                "200 | {\"error\":\"leak\"} | no usable access_token",
                "200 | {\"access_token\":\"a b leak\"} | no usable access_token",
                "200 | {\"access_token\":\"leak\",\"token_type\":\"mac\"} | another type",
                "200 | leak | no usable access_token",
                "302 | leak | HTTP 302",
            })
    void aTokenEndpointThatFailsIsAFailedAttemptOfItsOwnClass(int status, String body, String error) {
        receiver.answering(got -> got.path().equals("/token") ? Answer.of(status, body) : Answer.of(200));
        String id = connection(oauth("\"scope\":null"));
        JsonNode attempt = tenant.tryOut(id);
        assertThat(attempt.get("errorClass").asText()).isEqualTo("token");
        assertThat(attempt.get("error").asText()).contains(error);
        assertThat(attempt.toString()).doesNotContain("leak");
        assertThat(receiver.requests("/erp")).isEmpty();
    }

    @Test
    void aTokenEndpointThatHangsIsWithinTheDeadline() {
        RawServer hung = RawServer.start(peer -> {
            peer.request();
            peer.hang();
        });
        String http = oauth("\"scope\":null").replace(receiver.url("/token"), "http://127.0.0.1:" + hung.port() + "/");
        String id = tenant.connection(receiver.url("/erp"), "\"redelivery\":{\"timeout\":\"PT1S\"},\"http\":" + http);
        eventually(
                () -> { // again if the machine was too busy to say so in time
                    JsonNode attempt = tenant.tryOut(id);
                    assertThat(attempt.get("errorClass").asText()).isEqualTo("token");
                    assertThat(attempt.get("error").asText()).contains("within the timeout");
                });
        hung.close();
    }
}
