package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gateways hand over is read as well as can be, as what phones send. */
class FieldGatewayTest extends FieldSuite {

    private JsonNode fromGateway(String adapter, String query, String contentType, byte[] body) {
        RunningBridge.NewTenant other = bridge.newTenant();
        Api.Reply paired = other.api()
                .post(
                        "/v1/devices",
                        "{\"name\":\"G\",\"number\":\"1\",\"zone\":\"Asia/Kolkata\",\"adapter\":\"" + adapter + "\"}")
                .expect(201);
        String path = "/v1/inbound/" + adapter + "/" + paired.at("/token") + query;
        HttpRequest.Builder request = bridge.nobody().request(path);
        if (body.length > 0) {
            request.header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        bridge.nobody().send(request).expect(200);
        JsonNode all = other.api().get("/v1/messages").json().get("data");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private JsonNode twilio(String form) {
        return fromGateway(
                "twilio", "", "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.ISO_8859_1));
    }

    private JsonNode kannel(String query) {
        return fromGateway("kannel", "?" + query, "", new byte[0]);
    }

    private JsonNode android(String payload) {
        return fromGateway(
                "android-sms-gateway",
                "",
                "application/json",
                bytes("{\"event\":\"sms:received\",\"payload\":{" + payload + "}}"));
    }

    private JsonNode from(String adapter, String request) {
        return switch (adapter) {
            case "twilio" -> twilio(request);
            case "kannel" -> kannel(request);
            default -> android(request);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twilio  | From=1&Body=M%FCller                                | Müller",
                "twilio  | From=1&Body=caf%E9+20+%80                           | café 20 €",
                "twilio  | From=1&Body=Hi+%F0%9F%98                            | Hi \uFFFD",
                "twilio  | From=1&Body=%ED%A0%BD%ED%B8%80                      | \uD83D\uDE00",
                "twilio  | From=1&Body=a%00b                                   | a\uFFFDb",
                "twilio  | From=1&Body=%C3%BC%FF                               | ü\uFFFD",
                "kannel  | from=1&text=M%FCller                                | Müller",
                "kannel  | from=1&text=Hi+%F0%9F%98                            | Hi \uFFFD",
                "kannel  | from=1&text=%ED%A0%BD%ED%B8%80                      | \uD83D\uDE00",
                "kannel  | from=1&charset=UTF-8&text=M%FCller                  | Müller",
                "kannel  | from=1&charset=GSM-0338&text=M%FCller               | Müller",
                "kannel  | from=1&charset=%00&text=M%FCller                    | Müller",
                "kannel  | from=1&coding=2&text=%00H%D8%3D                     | H\uFFFD",
                "kannel  | from=1&text=a%00b                                   | a\uFFFDb",
                "android | \"sender\":\"1\",\"message\":\"M%FCller\"             | Müller",
                "android | \"sender\":\"1\",\"message\":\"Hi %F0%9F%98\"         | Hi \uFFFD",
                "android | \"sender\":\"1\",\"message\":\"%ED%A0%BD%ED%B8%80\"   | \uD83D\uDE00",
                "android | \"sender\":\"1\",\"message\":\"\\ud83d\"              | \uFFFD",
                "android | \"sender\":\"1\",\"message\":\"a\\u0000b\"            | a\uFFFDb",
                "android | \"message\":\"%C3%BC%FF\",\"phoneNumber\":\"1\"       | ü\uFFFD",
            })
    void whatGatewaysSendIsReadAsWellAsCanBe(String adapter, String request, String text) {
        JsonNode story = from(adapter, request);
        assertThat(story.get("text").asText()).isEqualTo(text);
        assertThat(story.get("from").asText()).isEqualTo("1");
        assertThat(flags(story)).contains("textReplaced").doesNotContain("unparsed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twilio  | Body=t                                                            | senderUnknown",
                "twilio  | From=&Body=t                                                      | senderUnknown",
                "twilio  | From=a%07b&Body=t                                                 | senderUnknown",
                "kannel  | text=t                                                            | senderUnknown",
                "kannel  | from=%00&text=t                                                   | senderUnknown",
                "kannel  | from=1&text=t&time=never                                          | receivedAtReplaced",
                "kannel  | from=1&text=t&time=0                                              | receivedAtReplaced",
                "kannel  | from=1&text=t&time=2026-06-12+20:02:00                            | ``",
                "kannel  | from=1&text=t&time=1781274720                                     | ``",
                "twilio  | From=%1b%5b31m&Body=t                                             | senderUnknown",
                "kannel  | from=a%0Ab&text=t                                                 | senderUnknown",
                "kannel  | from=1&text=t&time=2026-13-45+20:02:00                            | receivedAtReplaced",
                "android | \"message\":\"t\",\"sender\":\"1\",\"receivedAt\":\"9998-01-01T00:00:00Z\" | receivedAtReplaced",
                "android | \"message\":\"t\"                                                 | senderUnknown",
                "android | \"message\":\"t\",\"sender\":null                                 | senderUnknown",
                "android | \"message\":\"t\",\"sender\":7                                    | senderUnknown",
                "android | \"message\":\"t\",\"sender\":\"1\",\"receivedAt\":\"x\"           | receivedAtReplaced",
                "android | \"message\":\"t\",\"sender\":\"1\",\"receivedAt\":1781274720000   | ``",
                "android | \"message\":\"t\",\"sender\":\"1\",\"receivedAt\":\"2026-06-12T20:02:00\" | ``",
                "android | \"message\":\"t\",\"sender\":\"1\",\"receivedAt\":\"1970-01-01T00:00:00Z\" | receivedAtReplaced",
            })
    void whatGatewaysSayThatCannotBeIsReplacedAndSaid(String adapter, String request, String flag) {
        JsonNode story = from(adapter, request);
        assertThat(story.get("text").asText()).isEqualTo("t");
        if (flag.isEmpty()) {
            assertThat(flags(story)).isEmpty();
            assertThat(story.get("receivedAt").asText()).isEqualTo("2026-06-12T14:32:00.000Z");
        } else {
            assertThat(flags(story)).containsExactly(flag);
        }
        assertThat(story.get("from").asText()).isEqualTo(flag.equals("senderUnknown") ? "unknown" : "1");
    }

    @Test
    void aLongTextOfAGatewayIsTakenAndCut() {
        JsonNode story = android("\"sender\":\"1\",\"message\":\"" + "x".repeat(150_000) + "\"");
        assertThat(story.get("text").asText()).hasSize(100_000);
        assertThat(flags(story)).containsExactly("longText", "textCut");
        assertThat(story.at("/asSent/textLength").asInt()).isEqualTo(150_000);
    }

    @Test
    void aLongTextIsCutBetweenCharactersAsPeopleSeeThem() {
        JsonNode story = android("\"sender\":\"1\",\"message\":\"" + "x".repeat(99_998)
                + "\\ud83d\\udc69\\u200d\\ud83d\\ude80".repeat(3) + "\"");
        assertThat(story.get("text").asText().length()).isEqualTo(99_998);
        assertThat(flags(story)).containsExactly("longText", "textCut");
    }
}
