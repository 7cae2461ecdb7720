package com.mobileapiconnect.bridge.netsuite;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.support.ErpSuite;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector {@code netsuite-record} sends, and what it makes of the answers. */
class NetSuiteRecordTest extends NetSuiteSuite {

    @Test
    void anSmsIsARecordByItsExternalIdAndEachCallIsSigned() {
        connection(TOKEN);
        JsonNode delivery = delivery("delivered");
        String id = delivery.get("id").asText();
        assertThat(server.requests().get(0).path()).isEqualTo("/services/rest/record/v1/phonecall/eid:" + id);
        assertThat(methods()).containsExactly("PUT");
        assertThat(fake.records.get(id).path("message").asText()).isEqualTo("balance");
        assertThat(fake.records.get(id).path("title").asText()).isEqualTo("SMS from 919876543210");
        assertThat(delivery.get("externalId").asText()).isEqualTo("647");
        assertThat(delivery.get("externalUrl").asText()).isEqualTo(server.url("/app/crm/calendar/call.nl?id=647"));
        delivery("delivered"); // with another nonce
    }

    @Test
    void afterALostAnswerItIsAskedForAndNothingThatPeopleChangedIsUndone() {
        fake.lost.add(Answer.of(504));
        server.answering(got -> {
            fake.records.values().forEach(record -> record.put("message", "a clerk was here"));
            return fake.apply(got);
        });
        connection(TOKEN);
        JsonNode delivery = delivery("delivered");
        assertThat(methods()).containsExactly("PUT", "GET");
        assertThat(fake.records).hasSize(1);
        assertThat(fake.records.get(delivery.get("id").asText()).path("message").asText())
                .isEqualTo("a clerk was here");
        assertThat(delivery.get("externalId").asText()).isEqualTo("647");
    }

    @Test
    void aPageIsNoRecord() {
        fake.refused.add(ErpSuite.html(200));
        connection(TOKEN);
        JsonNode delivery = delivery("delivered");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("a page");
        assertThat(methods()).containsExactly("PUT", "GET", "PUT");
    }

    @Test
    void whatIsNotThereAfterALostAnswerIsMadeByTheNextAttempt() {
        fake.refused.add(Answer.of(503));
        connection(TOKEN);
        delivery("delivered");
        assertThat(methods()).containsExactly("PUT", "GET", "PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"5\",\"externalId\":\"dlv_of_another\"}", "{\"id\":\"5\"}", "<html>", "404"})
    void anAnswerThatDoesNotHaveTheRecordSaysNothing(String answer) {
        server.answering(got -> switch (got.method()) {
            case "PUT" -> Answer.of(500);
            default ->
                server.requests().size() > 3
                        ? FakeNetSuite.error(404, "NONEXISTENT_ID", "There is none")
                        : answer.equals("404") ? Answer.of(404, "<html>gateway</html>") : Answer.of(200, answer);
        });
        connection(TOKEN);
        delivery("pending");
        within(20, () -> assertThat(methods()).startsWith("PUT", "GET", "GET", "GET", "PUT"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_CONTENT, failed",
        "400, USER_ERROR, failed",
        "403, INSUFFICIENT_PERMISSION, failed",
        "404, NONEXISTENT_ID, failed",
        "405, INVALID_METHOD, failed",
        "401, INVALID_LOGIN, held",
        "409, RCRD_HAS_BEEN_CHANGED, delivered",
        "429, CONCURRENCY_LIMIT_EXCEEDED, delivered",
        "500, UNEXPECTED_ERROR, delivered",
        "503, UNEXPECTED_ERROR, delivered"
    })
    void whatIsRefusedIsToldInItsOwnWordsWithoutTheValues(int status, String code, String state) {
        fake.refused.add(
                FakeNetSuite.error(status, code, "You have entered an Invalid Field Value balance for message"));
        connection(TOKEN);
        assertThat(delivery(state).at("/attempts/0/error").asText())
                .isEqualTo("HTTP " + status + ": You have entered an Invalid Field Value … for message (message)");
    }

    @Test
    void everyAnswerComesToWhatThePageSays() {
        for (int status = 100; status < 600; status++) {
            for (String code : List.of("none", "RCRD_HAS_BEEN_CHANGED", "CONCURRENCY_LIMIT_EXCEEDED")) {
                assertThat(OutcomesDoc.words(NetSuiteSystem.TABLE
                                .verdict(status, code)
                                .outcome(new SystemAnswer(status, "said so", ""))))
                        .as("%d %s", status, code)
                        .isEqualTo(OutcomesDoc.of("NetSuite", "" + status, code));
            }
        }
    }

    static List<String> oddTexts() {
        return List.of("'\"}],{\"x\":1", "<b>&amp; & <script>", "a\bb", "😀 \u202e é", "x".repeat(1_500));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void aTextIsAValueWhateverItSays(String text) {
        connection(TOKEN);
        JsonNode delivery = delivery(text, "delivered");
        assertThat(fake.records.get(delivery.get("id").asText()).path("message").asText())
                .isEqualTo(text.replace('\b', '\ufffd'));
    }

    @Test
    void aHugeAnswerIsReadToItsBound() {
        server.answering(
                got -> got.method().equals("PUT") ? new Answer(200, Map.of(), new byte[8 << 20]) : Answer.of(404));
        connection(TOKEN);
        JsonNode delivery = delivery("delivered");
        assertThat(delivery.get("externalId")).isEqualTo(delivery.get("id"));
    }

    @Test
    void anAccountThatHangsEndsWithTheTimeOfTheTarget() {
        try (RawServer hangs = RawServer.start(peer -> {
            peer.request();
            peer.hang();
        })) {
            tenant.post(
                            "/v1/connections",
                            body(TOKEN)
                                    .replace(server.url(""), "http://127.0.0.1:" + hangs.port())
                                    .replace("PT5S", "PT1S")
                                    .replace("\"multiplier\":1", "\"multiplier\":1,\"maxAttempts\":1"))
                    .expect(201);
            assertThat(delivery("failed").at("/attempts/0/errorClass").asText()).isEqualTo("timeout");
        }
    }

    @Test
    void aLongTextIsSentWhole() {
        connection(TOKEN + ",\"fields\":{\"message\":\"" + "{{text}}".repeat(70) + "\"}");
        JsonNode delivery = delivery("x".repeat(1_500), "delivered");
        assertThat(fake.records.get(delivery.get("id").asText()).path("message").asText())
                .hasSize(105_000);
    }
}
