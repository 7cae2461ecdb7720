package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SIM of a message, and of its reply, is the one whose number the message was sent to, however that is written. */
class SimOfMessageTest extends NumbersSuite {

    @ParameterizedTest
    @CsvSource({
        "+911234500001, 1",
        "911234500001, 1",
        "00911234500001, 1",
        "01234500001, 1",
        "1234500001, 1",
        "+91 1234-500001, 1",
        "\u202a+911234500001\u202c, 1",
        "tel:+911234500001, 1",
        "+447911123456, 2",
        "07911123456, 2",
        "7911123456, 2",
        "0044 7911 123456, 2",
        "+\u0664\u0664\u0667\u0669\u0661\u0661\u0661\u0662\u0663\u0664\u0665\u0666, 2",
        "+33612345678, ", // of two SIMs
        "+33612345679, ",
        "+911234500002, ",
        "12345, ",
        "Info, ",
        "500001, ",
        "'', "
    })
    void theSimIsTheOneWhoseNumberTheMessageWasSentTo(String to, @Nullable String sim) {
        Phone phone = phone(
                ",\"sims\":{\"1\":\"+911234500001\",\"2\":\"+447911123456\",\"3\":\"+33612345678\",\"4\":\"0033612345678\"}");
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201);
        JsonNode sms = JsonNodeFactory.instance
                .objectNode()
                .put("from", "+919876543210")
                .put("to", to)
                .put("text", "hi");

        String message =
                phone.api().post("/v1/inbound", sms.toString()).expect(202).at("/messages/0/id");

        assertThat(story(message).get("sim").asText()).isEqualTo(sim == null ? "null" : sim);
        eventually(() -> assertThat(tenant.get("/v1/outgoing").json().get("data"))
                .singleElement()
                .satisfies(reply -> assertThat(reply.get("sim").asText()).isEqualTo(sim == null ? "null" : sim)));
    }

    @Test
    void aSimThatThePhoneNamesStays() {
        Phone phone = phone(",\"sims\":{\"1\":\"+911234500001\",\"2\":\"+911234500002\"}");
        String message = phone.api()
                .post("/v1/inbound", "{\"from\":\"+919876543210\",\"to\":\"+911234500001\",\"text\":\"t\",\"sim\":2}")
                .expect(202)
                .at("/messages/0/id");
        assertThat(story(message).get("sim").asInt()).isEqualTo(2);
    }
}
