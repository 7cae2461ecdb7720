package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dry run shows the replies that the guards would hold back, and queues none. */
class ForeseenRepliesTest extends ReceiverSuite {

    private static final String CUSTOMER = "919876543210";

    @BeforeEach
    void aRuleThatReplies() {
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"ok\"}]}")
                .expect(201);
        tenant.post("/v1/devices", "{\"name\":\"own\",\"number\":\"911234500000\"}")
                .expect(201);
    }

    private JsonNode tried(String from, String text) {
        JsonNode message =
                JsonNodeFactory.instance.objectNode().put("from", from).put("text", text);
        JsonNode reply = tenant.post("/v1/rules/test", "{\"message\":" + message + "}")
                .expect(200)
                .json()
                .at("/actions/0");
        assertThat(reply.path("type").asText()).isEqualTo("reply");
        return reply.path("suppressed");
    }

    private void receives(String text) {
        phone.post("/v1/inbound", "{\"from\":\"" + CUSTOMER + "\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    @ParameterizedTest
    @CsvSource({
        "12345, hello, short-code",
        "ACME, hello, alphanumeric-sender",
        "911234500000, hello, own-number",
        "919876543210, ' stop ', opted-out",
    })
    void whatFollowsFromTheMessageIsForeseen(String from, String text, String reason) {
        assertThat(tried(from, text).asText()).isEqualTo(reason);
    }

    @Test
    void anOptOutIsForeseenUntilTheCustomerSaysStart() {
        assertThat(tried(CUSTOMER, "hello").isMissingNode()).isTrue();
        receives("STOP");

        assertThat(tried("+91 98765 43210", "hello").asText()).isEqualTo("opted-out");
        assertThat(tried(CUSTOMER, "START").isMissingNode()).isTrue();

        tenant.post("/v1/erase", "{\"number\":\"" + CUSTOMER + "\"}").expect(200);
        assertThat(tried(CUSTOMER, "hello").asText()).isEqualTo("opted-out");
    }

    @Test
    void aNumberThatHadItsRepliesGetsNoMore() {
        for (int i = 0; i < 5; i++) {
            receives("n" + i);
        }
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing").expect(200).json().path("data"))
                        .hasSize(5));

        assertThat(tried(CUSTOMER, "hello").asText()).isEqualTo("loop-guard");
        assertThat(tried("919876543211", "hello").isMissingNode()).isTrue();
        assertThat(tenant.get("/v1/outgoing").expect(200).json().path("data")).hasSize(5);
    }
}
