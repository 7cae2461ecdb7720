package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer is one customer to everything that compares numbers, however they are written to and answer. */
class OneCustomerTest extends NumbersSuite {

    private void rule(String value) {
        JsonNode equals = JsonNodeFactory.instance
                .objectNode()
                .put("field", "from")
                .put("op", "equals")
                .put("value", value);
        tenant.post(
                        "/v1/rules",
                        "{\"name\":\"r\",\"when\":" + equals + ",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201);
    }

    @ParameterizedTest
    @CsvSource({
        // without a region
        ", 919876543210, +91 98765 43210",
        ", 00919876543210, +919876543210",
        ", +919876543210, 0091 98765-43210",
        ", +919876543210, \u202a+919876543210\u202c",
        ", +919876543210, +91\u00a098765\u201143210",
        ", 919876543210, \u0660\u0660\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
        ", 919876543210, +\u096f\u0967\u096f\u096e\u096d\u096c\u096b\u096a\u0969\u0968\u0967\u0966",
        ", 919876543210, \uff0b\uff19\uff11\uff19\uff18\uff17\uff16\uff15\uff14\uff13\uff12\uff11\uff10",
        ", 919876543210, tel:+91-98765-43210",
        ", 011447911123456, +44 7911 123456",
        ", 447911123456, [+44] 7911/123.456",
        // with one
        "IN, 09876543210, +919876543210",
        "IN, 9876543210, +919876543210",
        "IN, 00919876543210, 9876543210",
        "IN, +919876543210, 09876543210",
        "IN, 919876543210, 0 98765 43210",
        "IN, 09876543210, \u2066+91 98765 43210\u2069",
        "IN, 09876543210, \u0660\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
        "IN, 447911123456, +447911123456",
        "US, 4155552671, +14155552671",
        "US, 14155552671, (415) 555-2671",
        "US, 011447911123456, +447911123456",
        "GB, 07911123456, +447911123456",
        "DE, 015123456789, +4915123456789",
        "RU, 89123456789, +79123456789",
        "AU, 0412345678, +61412345678",
        "AR, 0111523456789, +5491123456789",
        "IT, 3471234567, +393471234567",
        "ZA, 0821234567, 0027 82 123 4567",
        "BR, 011987654321, +5511987654321"
    })
    void allThatComparesNumbersTakesThemAsOne(@Nullable String region, String written, String answered) {
        Phone phone = phoneIn(region);
        rule(written);
        send(phone, written, "INV-42").expect(202);

        String message = phone.receives(answered, "my answer");

        JsonNode story = story(message);
        assertThat(story.get("ref").asText()).as("ref").isEqualTo("INV-42");
        assertThat(story.get("from").asText()).as("what was written").isEqualTo(answered);
        assertThat(story.get("matchedRuleId").isNull()).as("rule").isFalse();
        assertThat(story.at("/evaluation/0/matched").asBoolean())
                .as("explained")
                .isTrue();
        assertThat(found("/v1/messages?from=", written)).as("search").isEqualTo(1);
        assertThat(found("/v1/messages?from=", answered)).isEqualTo(1);
        eventually(() -> assertThat(found("/v1/outgoing?to=", written)).isEqualTo(2));
        assertThat(found("/v1/outgoing?to=", answered)).isEqualTo(2);
        phone.receives(answered, "STOP");
        assertThat(tenant.get("/v1/outgoing").json().get("data"))
                .as("what waits is not sent after STOP")
                .allSatisfy(sms -> assertThat(sms.get("error").asText()).isEqualTo("opted-out"));
        assertThat(send(phone, written, "INV-43").expect(409).at("/detail")).contains(written);
        phone.receives(written, "STOP");
        assertThat(tenant.get("/v1/opt-outs").json().get("data"))
                .as("one opt-out")
                .hasSize(1);
        phone.receives(written, "START");
        send(phone, answered(written, answered), "INV-44").expect(202);
        phone.receives(written, "STOP");

        Api.Reply erased = tenant.post(
                        "/v1/erase",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("number", answered)
                                .toString())
                .expect(200);

        assertThat(erased.at("/messages")).isEqualTo("5");
        assertThat(tenant.get("/v1/messages").json().get("data")).isEmpty();
        assertThat(tenant.get("/v1/outgoing").json().get("data")).isEmpty();
        assertThat(tenant.get("/v1/opt-outs").json().get("data")).isEmpty();
        send(phone, written, "INV-45").expect(409);
        tenant.delete("/v1/opt-outs/" + written).expect(204);
        send(phone, written, "INV-45").expect(202);
    }

    /** Only plain digits can be sent to. */
    private static String answered(String written, String answered) {
        return answered.matches("\\+?[0-9]{3,15}") ? answered : written;
    }

    @ParameterizedTest
    @CsvSource({
        // without a region nothing is guessed
        ", 09876543210, +919876543210",
        ", 9876543210, +919876543210",
        ", 07911123456, +447911123456",
        ", 4155552671, +14155552671",
        ", 01123456789, +23456789",
        ", 0012345, 12345",
        ", 919876543210, +919876543211",
        ", 919876543210, 91987654321",
        // with one
        "IN, 09876543210, +449876543210",
        "IN, 9876543210, +19876543210",
        "GB, 07911123456, +917911123456",
        "GB, 07911123456, 07911123457",
        "US, 4155552671, +44155552671",
        "IT, 3471234567, +3903471234567",
        "DE, 33612345678, +4933612345678",
        "IN, 12345, +9112345",
        "IN, 56767, 056767",
        "RU, 89123456789, +7891234567"
    })
    void othersStayOthers(@Nullable String region, String written, String answered) {
        Phone phone = phoneIn(region);
        rule(written);
        send(phone, written, "INV-42").expect(202);

        String message = phone.receives(answered, "my answer");

        assertThat(story(message).get("ref").isNull()).isTrue();
        assertThat(story(message).get("matchedRuleId").isNull()).isTrue();
        assertThat(found("/v1/messages?from=", written)).isZero();
        phone.receives(answered, "STOP");
        send(phone, written, "INV-43").expect(202);
        assertThat(tenant.post("/v1/erase", "{\"number\":\"" + written + "\"}")
                        .expect(200)
                        .at("/messages"))
                .isEqualTo("0");
        assertThat(found("/v1/messages?from=", answered)).isEqualTo(2);
    }

    @Test
    void aGatewayNeverAnswersItself() {
        Phone phone = phone(",\"number\":\"+911234500000\"");
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201);
        for (String own : new String[] {"01234500000", "1234500000", "0091 1234-500000", "\u202a+911234500000\u202c"}) {
            String message = phone.receives(own, "hi");
            eventually(
                    () -> assertThat(story(message).at("/deliveries/0/reason").asText())
                            .isEqualTo("own-number"));
        }
        assertThat(tenant.get("/v1/outgoing").json().get("data")).isEmpty();
    }

    @Test
    void aSenderKeepsItsOrderInEverySpelling() {
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(500, "no"))) {
            tenant.post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"ordered\":true,\"redelivery\":{\"initialDelay\":\"PT1H\"}}"
                                    .formatted(receiver.url("/")))
                    .expect(201);
            Phone phone = phoneIn("IN");
            phone.receives("+919876543210", "first");
            eventually(() -> assertThat(receiver.requests()).hasSize(1));
            for (String spelling :
                    new String[] {"09876543210", "0091 98765 43210", "9876543210", "\u200e+91\u00a098765\u201143210"}) {
                String message = phone.receives(spelling, "next");
                JsonNode waits = story(message).at("/deliveries/0");
                assertThat(waits.get("status").asText()).isEqualTo("pending");
                assertThat(waits.get("nextAttemptAt").isNull()).as(spelling).isTrue();
            }
            phone.receives("+919876543211", "another");
            eventually(() -> assertThat(receiver.requests()).hasSize(2));
        }
    }
}
