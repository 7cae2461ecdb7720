package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, senders and other fields that cannot be are replaced, and what came is kept. */
class FieldTimeAndSenderTest extends FieldSuite {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1781274720                    | 2026-06-12T14:32:00.000Z",
                "1781274720000                 | 2026-06-12T14:32:00.000Z",
                "1781274720.25                 | 2026-06-12T14:32:00.250Z",
                "1.78127472e9                  | 2026-06-12T14:32:00.000Z",
                "\"1781274720\"                | 2026-06-12T14:32:00.000Z",
                "\"1781274720000\"             | 2026-06-12T14:32:00.000Z",
                "\"١٧٨١٢٧٤٧٢٠٠٠٠\"             | 2026-06-12T14:32:00.000Z",
                "\"٢٠٢٦-٠٦-١٢T١٤:٣٢:٠٠Z\"      | 2026-06-12T14:32:00.000Z",
                "\"۲۰۲۶-۰۶-۱۲T۱۴:۳۲:۰۰+۰۰:۰۰\" | 2026-06-12T14:32:00.000Z",
                "\"۲۰۲۶-۰۶-۱۲T۲۰:۰۲:۰۰\"       | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12T21:32:00+0700\"  | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12T21:32:00+07\"    | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12T20:02:00\"       | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12 20:02:00\"       | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12 20:02\"          | 2026-06-12T14:32:00.000Z",
                "\"2026/06/12 20:02:00\"       | 2026-06-12T14:32:00.000Z",
                "\"20260612200200\"            | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12T20:02:00 05:30\" | 2026-06-12T14:32:00.000Z",
                "\"2026-06-12T20:02:00.5\"     | 2026-06-12T14:32:00.500Z",
                "\"\\u200e2026-06-12T14:32:00Z\" | 2026-06-12T14:32:00.000Z",
            })
    void aTimeIsReadHoweverItIsWrittenWithoutAZoneInTheDevices(String json, String time) {
        Api inKolkata =
                tenant.as(tenant.post("/v1/devices", "{\"name\":\"K\",\"number\":\"1\",\"zone\":\"Asia/Kolkata\"}")
                        .expect(201)
                        .at("/token"));
        JsonNode story =
                story(inKolkata.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\",\"receivedAt\":" + json + "}"));
        assertThat(story.get("receivedAt").asText()).isEqualTo(time);
        assertThat(flags(story)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"\"",
                "\"null\"",
                "\"Invalid Date\"",
                "\"12/06/2026 14:32\"",
                "\"2026-06-12\"",
                "\"2026-13-12T14:32:00Z\"",
                "\"2026-06-12T25:00:00Z\"",
                "\"1970-01-01T00:00:05Z\"",
                "\"9998-01-01T00:00:00Z\"",
                "\"1405-03-22T14:32:00Z\"",
                "\"0000-00-00 00:00:00\"",
                "\"a\\u0000\\ud800b\"",
                "0",
                "5",
                "-1",
                "1e300",
                "99999999999999999999",
                "9223372036854775807",
                "true",
                "[]",
                "{\"seconds\":1781274720}"
            })
    void aTimeThatCannotBeReadOrCannotBeIsReplacedByNowAndKept(String json) {
        Instant before = Instant.now().minusMillis(1);
        JsonNode story = story("{\"from\":\"1\",\"text\":\"t\",\"receivedAt\":" + json + "}");
        assertThat(Instant.parse(story.get("receivedAt").asText())).isBetween(before, Instant.now());
        assertThat(flags(story)).containsExactly("receivedAtReplaced");
        assertThat(story.at("/asSent/receivedAt").isTextual()).isTrue();
    }

    @Test
    void withoutATimeItIsNowAndThatIsNothingUnusual() {
        for (String capture :
                List.of("{\"from\":\"1\",\"text\":\"t\"}", "{\"from\":\"1\",\"text\":\"t\",\"receivedAt\":null}")) {
            JsonNode story = story(capture);
            assertThat(flags(story)).isEmpty();
            assertThat(story.has("asSent")).isFalse();
        }
    }

    @Test
    void aDeviceHasAZoneThatCanBeSetAndUnset() {
        Api.Reply device =
                tenant.post("/v1/devices", "{\"name\":\"Z\",\"number\":\"1\"}").expect(201);
        String path = "/v1/devices/" + device.at("/id");
        Api inZone = tenant.as(device.at("/token"));
        String capture = "{\"from\":\"1\",\"text\":\"t\",\"receivedAt\":\"2026-06-12T20:02:00\"}";
        assertThat(device.json().get("zone").isNull()).isTrue();
        assertThat(story(inZone.post("/v1/inbound", capture)).get("receivedAt").asText())
                .startsWith("2026-06-12T20:02");
        tenant.patch(path, "{\"zone\":\"+05:30\"}").expect(200);
        assertThat(tenant.get(path).at("/zone")).isEqualTo("+05:30");
        assertThat(story(inZone.post("/v1/inbound", capture)).get("receivedAt").asText())
                .startsWith("2026-06-12T14:32");
        for (String wrong : List.of("\"Mars/Phobos\"", "\"\"", "5", "\"" + "x".repeat(65) + "\"")) {
            assertThat(tenant.patch(path, "{\"zone\":" + wrong + "}")
                            .expect(422)
                            .at("/errors/0/field"))
                    .isEqualTo("zone");
        }
        tenant.patch(path, "{\"zone\":null}").expect(200);
        assertThat(tenant.get(path).json().get("zone").isNull()).isTrue();
    }

    static Stream<String> impossibleSenders() {
        return Stream.of(
                "",
                "\"from\":null",
                "\"from\":\"\"",
                "\"from\":\"" + "1".repeat(65) + "\"",
                "\"from\":\"" + "+919876543210;".repeat(20) + "\"",
                "\"from\":\"" + "\uD83D\uDE00".repeat(65) + "\"",
                "\"from\":\"" + "x".repeat(20_000) + "\"",
                "\"from\":\"\\u0000\"",
                "\"from\":\"a\\u0007b\"",
                "\"from\":\"a\\u0000b\"",
                "\"from\":\"a\\nb\"",
                "\"from\":\"a\nb\"",
                "\"from\":\"a\\tb\"",
                "\"from\":\"\\r\\n\"",
                "\"from\":\"a\\u007fb\"",
                "\"from\":\"a\\u0085b\"",
                "\"from\":\"a\\u009fb\"",
                "\"from\":\"\\u001b[31m12\"",
                "\"from\":\"12\\u0000\\ud800\"",
                "\"from\":\"+91 98765\\u000043210\"");
    }

    @ParameterizedTest
    @MethodSource("impossibleSenders")
    void aSenderThatCannotBeIsUnknownAndKept(String field) {
        JsonNode story = story("{\"text\":\"t\"" + (field.isEmpty() ? "" : "," + field) + "}");
        assertThat(story.get("from").asText()).isEqualTo("unknown");
        assertThat(flags(story)).containsExactly("senderUnknown");
        boolean given = field.contains(":\"") && !field.endsWith(":\"\"");
        assertThat(story.at("/asSent/from").isTextual()).isEqualTo(given);
        assertThat(story.at("/asSent/from").asText().length()).isLessThanOrEqualTo(1000);
    }

    @Test
    void twoSendersThatCannotBeAreTwoMessagesAndARepeatIsOne() {
        String one = "{\"id\":\"u-1\",\"text\":\"t\",\"from\":\"a\\tb\"}";
        String first = phone.post("/v1/inbound", one).expect(202).at("/messages/0/id");
        assertThat(phone.post("/v1/inbound", one).at("/messages/0/id")).isEqualTo(first);
        Api.Reply other = phone.post("/v1/inbound", one.replace("a\\tb", "a\\tc"));
        assertThat(other.at("/messages/0/duplicate")).isEqualTo("false");
        assertThat(flags(story(other))).containsExactly("idReused", "senderUnknown");
        assertThat(phone.post("/v1/inbound", "{\"id\":\"u-1\",\"text\":\"t\"}").at("/messages/0/duplicate"))
                .isEqualTo("false");
    }

    @Test
    void somebodyUnknownGetsNoReplyAndStopsNobody() {
        RunningBridge.NewTenant other = bridge.newTenant();
        other.api()
                .post("/v1/rules", "{\"name\":\"All\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi\"}]}")
                .expect(201);
        Api his = other.api()
                .as(other.api()
                        .post("/v1/devices", "{\"name\":\"P\",\"number\":\"1\"}")
                        .at("/token"));
        String id = his.post("/v1/inbound", "{\"text\":\"STOP\"}").expect(202).at("/messages/0/id");
        eventually(() -> {
            JsonNode story = other.api().get("/v1/messages/" + id).json();
            assertThat(story.at("/deliveries/0/status").asText()).isEqualTo("skipped");
            assertThat(story.at("/deliveries/0/reason").asText()).isEqualTo("alphanumeric-sender");
            assertThat(flags(story)).containsExactly("senderUnknown");
        });
        assertThat(other.api().get("/v1/opt-outs").json().get("data")).isEmpty();
        assertThat(other.api().get("/v1/outgoing").json().get("data")).isEmpty();
    }

    @Test
    void aNumberWithControlCharactersIsFoundAndErasedByWhatIsSeenOfIt() {
        phone.post("/v1/inbound", "{\"text\":\"secret\",\"from\":\"+91 77777\\u000077777\"}")
                .expect(202);
        assertThat(tenant.get("/v1/messages?from=917777777777").json().get("data"))
                .hasSize(1);
        tenant.post("/v1/erase", "{\"number\":\"917777777777\"}").expect(200);
        assertThat(tenant.get("/v1/messages?from=917777777777").json().get("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, 10, 255, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aSlotThatNoPhoneHasIsNoSlot(int sim) {
        JsonNode story = story("{\"from\":\"1\",\"text\":\"t\",\"sim\":" + sim + "}");
        assertThat(story.get("sim").isNull()).isTrue();
        assertThat(flags(story)).isEmpty();
    }

    @Test
    void aRecipientThatCannotBeIsTheDevicesNumberAndKept() {
        for (String to : List.of("1".repeat(65), "a\\tb", "\\u0000")) {
            JsonNode story = story("{\"from\":\"1\",\"text\":\"t\",\"to\":\"" + to + "\"}");
            assertThat(story.get("to").asText()).isEqualTo("911234500000");
            assertThat(story.at("/asSent/to").asText()).isNotEmpty();
        }
    }
}
