package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import com.mobileapiconnect.bridge.support.Texts;
import org.junit.jupiter.api.BeforeEach;

/** A tenant for each test with a phone, whose messages go to a receiver; the tests look on from outside. */
abstract class LaneSuite extends ReceiverSuite {

    static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @BeforeEach
    void theFrontDesksPhone() {
        phone = bridge.phone();
    }

    String connection(String path, String more) {
        return tenant.connection(receiver.url(path), more);
    }

    String send(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":" + Texts.quoted(text) + "}")
                .expect(202)
                .at("/messages/0/id");
    }

    JsonNode delivery(String messageId) {
        return tenant.get("/v1/deliveries?messageId=" + messageId)
                .expect(200)
                .json()
                .at("/data/0");
    }

    void statusBecomes(String messageId, String status) {
        eventually(() -> assertThat(delivery(messageId).path("status").asText()).isEqualTo(status));
    }
}
