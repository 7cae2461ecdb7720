package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import org.junit.jupiter.api.Test;

/** The request that a delivery has made, shown afterwards. */
class DeliveryRequestTest extends ReceiverSuite {

    private static final String SECRET = "whsec_0123456789abcdef";

    private String delivery(String target) {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
        eventually(() -> assertThat(tenant.get("/v1/deliveries?status=delivered&target=" + target)
                        .json()
                        .get("data"))
                .hasSize(1));
        return tenant.get("/v1/deliveries?target=" + target).at("/data/0/id");
    }

    @Test
    void itIsWhatTheReceiverGotWithSecretsMasked() {
        String connection = tenant.connection(
                receiver.url("/erp"),
                "\"secret\":\"" + SECRET + "\",\"http\":{\"headers\":{\"X-Api-Key\":\"very-secret\"}}");
        String id = delivery(connection);
        String body = receiver.requests("/erp").get(0).text();

        Api.Reply shown = tenant.get("/v1/deliveries/" + id + "/request").expect(200);

        assertThat(shown.at("/method")).isEqualTo("POST");
        assertThat(shown.at("/target")).isEqualTo(receiver.url("/erp"));
        assertThat(shown.at("/body")).isEqualTo(body);
        JsonNode headers = shown.json().get("headers");
        assertThat(headers.get("X-MAC-Delivery").asText()).isEqualTo(id);
        assertThat(headers.get("X-MAC-Attempt").asText())
                .as("the last that was made")
                .isEqualTo("1");
        assertThat(headers.get("X-MAC-Signature").asText()).isEqualTo("***");
        assertThat(shown.text()).doesNotContain(SECRET, "very-secret");
    }

    @Test
    void whatBelongsToOthersIsNotThereAndWhatMakesNoRequestSaysSo() {
        String connection = tenant.connection(receiver.url("/erp"), "");
        String id = delivery(connection);
        bridge.newTenant().api().get("/v1/deliveries/" + id + "/request").expect(404);
        tenant.get("/v1/deliveries/dlv_nothing/request").expect(404);

        tenant.delete("/v1/connections/" + connection + "?discard=true");
        eventually(() -> tenant.get("/v1/deliveries/" + id + "/request").expect(409));
    }
}
