package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that phones can never mend are taken, read as well as can be, and said; so are texts of any length. */
class FieldTextTest extends FieldSuite {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hi %ED%A0%BD%ED%B8%80                | Hi \uD83D\uDE00",
                "%ED%A0%BC%ED%B7%AE%ED%A0%BC%ED%B7%B3 | \uD83C\uDDEE\uD83C\uDDF3",
                "%ED%A0%BD alone                      | \uFFFD alone",
                "Hi %F0%9F%98                         | Hi \uFFFD",
                "10 %E2%82                            | 10 \uFFFD",
                "%E0%A4%AC%E0%A4                      | ब\uFFFD",
                "%D0%91%D0                            | Б\uFFFD",
                "M%FCller                             | Müller",
                "caf%E9                               | café",
                "%C4rger f%FCr Stra%DFe               | Ärger für Straße",
                "%93Hi%94 %96 20 %80                  | “Hi” – 20 €",
                "%BFQu%E9 tal?                        | ¿Qué tal?",
                "%81                                  | \uFFFD",
                "a%C0%80b                             | a\uFFFDb",
                "%C3%BC%FF%FE                         | ü\uFFFD\uFFFD",
                "%FF                                  | ÿ",
                "a%00b                                | a\uFFFDb",
                "\\u0000                              | \uFFFD",
                "\\ud83d                              | \uFFFD",
                "\\ud83d alone                        | \uFFFD alone",
                "\\ude00\\ud83d                       | \uFFFD\uFFFD",
                "\\u00fc %FC                          | ü ü",
                "\\\"%E9\\\\                          | \"é\\",
                "%FC\\n%FC                            | `ü\nü`",
            })
    void bytesAndEscapesThatAreNoTextAreReadAsWellAsCanBe(String escaped, String text) {
        byte[] body = bytes("{\"id\":null,\"text\":\"" + escaped + "\",\"from\":\"1\"}");
        JsonNode story = story(phone.post("/v1/inbound", body));
        assertThat(story.get("text").asText()).isEqualTo(text);
        assertThat(flags(story)).containsExactly("textReplaced");
    }

    @Test
    void onlyTheMessagesOfABacklogThatHadSuchBytesSaySo() {
        byte[] body = bytes("{\"unknown\":\"%FF\",\"messages\":["
                + "{\"from\":\"1\",\"text\":\"good %C3%BC\"},{\"from\":\"1\",\"text\":\"M%FCller\",\"x\":\"%F0%9F\"},"
                + "{\"text\":\"good\",\"from\":\"1\",\"y\":\"%F0%9F\"},{\"text\":\"t\",\"from\":\"Caf%E9\"},"
                + "{\"text\":\"Hi %F0%9F%98\",\"from\":\"1\"}]}");
        Api.Reply receipt = phone.post("/v1/inbound", body).expect(202);
        List<String> texts = new ArrayList<>();
        List<Boolean> replaced = new ArrayList<>();
        for (JsonNode each : receipt.json().get("messages")) {
            JsonNode story =
                    tenant.get("/v1/messages/" + each.get("id").asText()).json();
            texts.add(story.get("from").asText() + " " + story.get("text").asText());
            replaced.add(story.get("flags").has("textReplaced"));
        }
        assertThat(texts).containsExactly("1 good ü", "1 Müller", "1 good", "Café t", "1 Hi \uFFFD");
        assertThat(replaced).containsExactly(false, true, false, true, true);
    }

    @Test
    void whatIsBrokenOutsideOfTextsIsStillNoJson() {
        phone.post("/v1/inbound", bytes("{\"from\":\"1\",%FC\"text\":\"t\"}")).expect(400);
        phone.post("/v1/inbound", bytes("{\"from\":\"1\",\"text\":\"t%FC")).expect(400);
        phone.post("/v1/inbound", bytes("%FF%00")).expect(400);
    }

    @Test
    void aRepeatOfBrokenBytesIsARepeat() {
        byte[] body = bytes("{\"id\":\"broken\",\"text\":\"M%FCller\",\"from\":\"1\"}");
        Api.Reply first = phone.post("/v1/inbound", body).expect(202);
        Api.Reply again = phone.post("/v1/inbound", body).expect(202);
        assertThat(again.at("/messages/0/id")).isEqualTo(first.at("/messages/0/id"));
        assertThat(again.at("/messages/0/duplicate")).isEqualTo("true");
    }

    static Stream<String> longTexts() {
        List<String> texts = new ArrayList<>();
        for (int length : List.of(10_000, 10_001, 39_015, 99_999, 100_000, 100_001, 250_000)) {
            for (String unit : List.of("x", "ü", "\uD83D\uDE00")) {
                texts.add(length + unit);
            }
        }
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void aLongTextIsTakenAndWhatIsBeyondAHundredThousandCharactersIsCutAndSaid(String lengthAndUnit) {
        int length = Integer.parseInt(lengthAndUnit.replaceAll("\\D+$", ""));
        String unit = lengthAndUnit.replaceAll("^\\d+", "");
        if ((long) length * unit.getBytes(StandardCharsets.UTF_8).length > 1_000_000) {
            return; // over a mebibyte
        }
        JsonNode story = story("{\"from\":\"1\",\"text\":\"" + unit.repeat(length) + "\"}");
        int kept = Math.min(length, 100_000);
        assertThat(story.get("text").asText()).isEqualTo(unit.repeat(kept));
        TreeSet<String> flags = new TreeSet<>();
        if (length > 10_000) {
            flags.add("longText");
        }
        if (length > kept) {
            flags.add("textCut");
            assertThat(story.at("/asSent/textLength").asInt()).isEqualTo(length);
        }
        assertThat(flags(story)).containsExactlyElementsOf(flags);
    }

    @Test
    void twoTextsThatDifferOnlyWhereTheyAreCutAreTwoMessages() {
        String text = "x".repeat(100_000);
        String capture = "{\"id\":\"cut\",\"from\":\"1\",\"text\":\"%s\"}";
        String one = phone.post("/v1/inbound", capture.formatted(text + "a"))
                .expect(202)
                .at("/messages/0/id");
        assertThat(phone.post("/v1/inbound", capture.formatted(text + "a")).at("/messages/0/duplicate"))
                .isEqualTo("true");
        assertThat(phone.post("/v1/inbound", capture.formatted(text + "b")).at("/messages/0/id"))
                .isNotEqualTo(one);
    }

    @Test
    void aPageEndsEarlyWhenRulesThatListMuchAreExplained() {
        RunningBridge.NewTenant other = bridge.newTenant();
        String list = IntStream.range(0, 1000)
                .mapToObj(n -> "\"" + n + "z".repeat(50) + "\"")
                .collect(Collectors.joining(","));
        for (int n = 0; n < 20; n++) { // each message is explained with a mebibyte of values
            other.api()
                    .post(
                            "/v1/rules",
                            "{\"name\":\"r\",\"when\":{\"field\":\"text\",\"op\":\"in\",\"value\":[" + list
                                    + "]},\"then\":[{\"type\":\"reply\",\"text\":\"x\"}]}")
                    .expect(201);
        }
        Api his = deviceOf(other);
        for (int n = 0; n < 10; n++) {
            his.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"hi\"}").expect(202);
        }
        JsonNode page = other.api().get("/v1/messages").expect(200).json();
        assertThat(page.get("data")).hasSizeBetween(1, 6);
        assertThat(page.get("next").isNull()).isFalse();
    }

    private static Api deviceOf(RunningBridge.NewTenant tenant) {
        return tenant.api()
                .as(tenant.api()
                        .post("/v1/devices", "{\"name\":\"P\",\"number\":\"1\"}")
                        .at("/token"));
    }

    @Test
    void aPageOfVeryLongTextsEndsEarlyAndNothingIsLeftOut() {
        RunningBridge.NewTenant other = bridge.newTenant();
        Api his = deviceOf(other);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String text = i % 10 == 9 ? "short" : "y".repeat(100_000);
            sent.add(his.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"" + text + "\"}")
                    .expect(202)
                    .at("/messages/0/id"));
        }
        List<String> found = new ArrayList<>();
        int pages = 0;
        String next = "";
        for (; next != null; pages++) {
            JsonNode page = other.api()
                    .get("/v1/messages?limit=500" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .expect(200)
                    .json();
            page.get("data").forEach(message -> found.add(message.get("id").asText()));
            next = page.get("next").isNull() ? null : page.get("next").asText();
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(pages).isGreaterThan(1);
    }
}
