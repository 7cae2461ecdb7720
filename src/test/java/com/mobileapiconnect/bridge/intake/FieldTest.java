package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What phones send that they can never mend is taken, read as well as can be, and said. */
@OnBothDatabases
class FieldTest {

    private static RunningBridge bridge;
    private static Api tenant;
    private static Api phone;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.tenant();
        phone = bridge.phone();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** Characters are bytes; those beyond ASCII are written as {@code %FC}. */
    private static byte[] bytes(String escaped) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            boolean isEscape = escaped.charAt(i) == '%';
            out.write(isEscape ? Integer.parseInt(escaped.substring(i + 1, i + 3), 16) : escaped.charAt(i));
            i += isEscape ? 2 : 0;
        }
        return out.toByteArray();
    }

    private static JsonNode story(Api.Reply receipt) {
        return tenant.get("/v1/messages/" + receipt.expect(202).at("/messages/0/id"))
                .expect(200)
                .json();
    }

    private static JsonNode story(String capture) {
        return story(phone.post("/v1/inbound", capture));
    }

    private static List<String> flags(JsonNode story) {
        List<String> names = new ArrayList<>();
        story.get("flags").fieldNames().forEachRemaining(names::add);
        return names;
    }

    // bytes

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

    // times

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
        assertThat(Instant.parse(story.get("receivedAt").asText()))
                .isBetween(before, before.plus(Duration.ofMinutes(1)));
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

    // senders

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

    // other fields

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

    // long texts

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
    void aPageOfVeryLongTextsEndsEarlyAndNothingIsLeftOut() {
        RunningBridge.NewTenant other = bridge.newTenant();
        Api his = other.api()
                .as(other.api()
                        .post("/v1/devices", "{\"name\":\"P\",\"number\":\"1\"}")
                        .at("/token"));
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

    // backlogs in part

    private static final String MIXED = """
            {"messages":[{"id":"m-1%s","from":"5","text":"good"},{"id":"m-2%s","from":"5"},7,
             {"id":"m-4%s","from":[],"text":5},{"id":9,"from":"5","text":"t"},{"id":"m-6%s","from":"5","text":"good too"}]}""";

    private static String mixed(String run) {
        return MIXED.replace("%s", run);
    }

    @Test
    void withoutPartialTheWholeBacklogIsRefusedAndEachBadOneIsNamed() {
        Api.Reply refused = phone.post("/v1/inbound", mixed("a")).expect(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .containsExactly(
                        "messages[1].text", "messages[2]", "messages[3].from", "messages[3].text", "messages[4].id");
        assertThat(phone.post("/v1/inbound?partial=false", mixed("a"))
                        .expect(422)
                        .text())
                .isEqualTo(refused.text());
    }

    @Test
    void withPartialTheGoodOnesAreTakenAndEachIsAnswered() {
        JsonNode receipt = phone.post("/v1/inbound?partial=true", mixed("b"))
                .expect(202)
                .json()
                .get("messages");
        assertThat(receipt).hasSize(6);
        assertThat(receipt.findValuesAsText("phoneId")).containsExactly("m-1b", "m-2b", "null", "m-4b", "null", "m-6b");
        assertThat(receipt.get(0).get("id").asText()).startsWith("msg_");
        assertThat(receipt.get(5).get("duplicate").isBoolean()).isTrue();
        for (int bad = 1; bad < 5; bad++) {
            assertThat(receipt.get(bad).has("id")).isFalse();
            assertThat(receipt.get(bad).at("/error/status").asInt()).isEqualTo(422);
            assertThat(receipt.get(bad).at("/error/detail").asText()).isNotBlank();
            assertThat(receipt.get(bad).at("/error/errors/0/field").asText()).startsWith("messages[" + bad + "]");
        }
        assertThat(receipt.get(3).at("/error/errors")).hasSize(2);

        JsonNode again = phone.post("/v1/inbound?partial=true", mixed("b"))
                .expect(202)
                .json()
                .get("messages");
        assertThat(again.get(0).get("id")).isEqualTo(receipt.get(0).get("id"));
        assertThat(again.get(5).get("duplicate").asBoolean()).isTrue();
        assertThat(again.get(1)).isEqualTo(receipt.get(1));
    }

    @Test
    void aBacklogOfBadOnesAloneIsAnsweredAndLeavesNothing() {
        JsonNode receipt = phone.post("/v1/inbound?partial=true", "{\"messages\":[7,{\"from\":\"6\"}]}")
                .expect(202)
                .json();
        assertThat(receipt.get("messages")).hasSize(2).allSatisfy(each -> assertThat(each.has("error"))
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"partial", "partial=", "partial=yes", "a=b&partial=1", "partial=true&partial=no"})
    void partialIsTrueOrFalse(String query) {
        assertThat(phone.post("/v1/inbound?" + query, mixed("c")).expect(422).at("/errors/0/field"))
                .isEqualTo("partial");
    }

    @Test
    void whatIsNoBacklogIsRefusedAsEver() {
        phone.post("/v1/inbound?partial=true", "{\"from\":\"1\"}").expect(422);
        phone.post("/v1/inbound?partial=true", "{\"messages\":[]}").expect(422);
        phone.post("/v1/inbound?partial=true", "{\"messages\":[{\"from\":\"1\",\"text\":\"t\"}")
                .expect(400);
        phone.post("/v1/inbound?x=1&partial=true", "{\"from\":\"1\",\"text\":\"t\"}")
                .expect(202);
    }

    @Test
    void aSignedBacklogInPartIsTheSameWhenItComesAgain() throws Exception {
        Api signing =
                tenant.as(tenant.post("/v1/devices", "{\"name\":\"S\",\"number\":\"1\",\"signingKey\":\"k1234567\"}")
                        .at("/token"));
        String body =
                "{\"messages\":[5,{\"from\":\"1\",\"text\":\"pay\"},{\"from\":\"1\"},{\"from\":\"1\",\"text\":\"pay\"}]}";
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec("k1234567".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = java.util.HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        List<JsonNode> receipts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            receipts.add(signing.post(
                            "/v1/inbound?partial=true", body.getBytes(StandardCharsets.UTF_8), "X-Signature", signature)
                    .expect(202)
                    .json());
        }
        for (int good : new int[] {1, 3}) {
            String id = receipts.get(0).at("/messages/" + good + "/id").asText();
            assertThat(id).startsWith("msg_");
            assertThat(receipts.get(1).at("/messages/" + good + "/id").asText()).isEqualTo(id);
            assertThat(receipts.get(1).at("/messages/" + good + "/duplicate").asBoolean())
                    .isTrue();
        }
        assertThat(receipts.get(0).at("/messages/1/id"))
                .isNotEqualTo(receipts.get(0).at("/messages/3/id"));
    }

    // adapters

    private static JsonNode fromGateway(String adapter, String query, String contentType, byte[] body) {
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

    private static JsonNode twilio(String form) {
        return fromGateway(
                "twilio", "", "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static JsonNode kannel(String query) {
        return fromGateway("kannel", "?" + query, "", new byte[0]);
    }

    private static JsonNode android(String payload) {
        return fromGateway(
                "android-sms-gateway",
                "",
                "application/json",
                bytes("{\"event\":\"sms:received\",\"payload\":{" + payload + "}}"));
    }

    private static JsonNode from(String adapter, String request) {
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
                "kannel  | from=1&charset=%00&text=hi                          | hi",
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
