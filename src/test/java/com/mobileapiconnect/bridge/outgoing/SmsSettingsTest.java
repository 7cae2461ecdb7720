package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quiet hours, HELP, and opt-outs that come from elsewhere. */
class SmsSettingsTest extends SmsSuite {

    private static final String ALL_DAY = "{\"quietHours\":{\"from\":\"00:00\",\"to\":\"00:00\",\"zone\":\"UTC\"%s}}";

    private Api.Reply set(String settings) {
        return tenant.put("/v1/sms-settings", settings).expect(200);
    }

    private String send() {
        return tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"}")
                .expect(202)
                .at("/id");
    }

    private void capture(String text) {
        phone.post("/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    private List<String> fetched() {
        return phone.get("/v1/outbox").expect(200).json().get("messages").findValuesAsText("text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/sms-settings | {\"help\":{\"text\":\"first\"}} | {\"help\":{\"text\":\"second\"}} | first",
                "/v1/opt-out-words | {\"optOutWords\":[\"first\"]} | {\"optOutWords\":[\"second\"]} | first"
            })
    void aChangeOfWhatIsThereNoMoreIsRefusedAndChangesNothing(String path, String first, String second, String word) {
        String before = etag(tenant.get(path).expect(200));
        Api.Reply changed = putIf(before, path, first).expect(200);
        assertThat(etag(changed)).isNotEqualTo(before).isEqualTo(etag(tenant.get(path)));
        Api.Reply late = putIf(before, path, second).expect(412);
        assertThat(etag(late)).isEqualTo(etag(changed));
        assertThat(tenant.get(path).text()).contains(word);
        putIf(etag(changed), path, second).expect(200);
        tenant.put(path, first).expect(200);
    }

    @Test
    void theTagOfTheSameContentIsTheSameAfterARestart() {
        SmsSettings settings = new SmsSettings("ten_1", null, HelpAnswer.of("Call us", List.of("hilfe")));
        assertThat(settings.tag()).as("made by another process").isEqualTo("d39179e3c42b5f7fc26fbc27");
    }

    private Api.Reply putIf(String etag, String path, String body) {
        return tenant.send(
                tenant.request(path).header("If-Match", etag).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String etag(Api.Reply reply) {
        return reply.header("ETag");
    }

    @Test
    void inQuietHoursWhatTheTenantSendsWaitsAndAReplyDoesNot() {
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"we have it\"}]}")
                .expect(201);
        send();
        set(ALL_DAY.formatted(""));
        assertThat(fetched()).isEmpty();
        capture("hi");
        eventually(() -> assertThat(fetched()).containsExactly("we have it"));
        set("{}");
        assertThat(fetched()).containsExactly("x");
    }

    @Test
    void repliesWaitAsWellIfTheTenantWantsIt() {
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"we have it\"}]}")
                .expect(201);
        set(ALL_DAY.formatted(",\"replies\":true"));
        capture("hi");
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing").json().get("data")).hasSize(1));
        assertThat(fetched()).isEmpty();
        set("{\"quietHours\":null}");
        assertThat(fetched()).containsExactly("we have it");
    }

    @Test
    void aPhoneThatWaitsGetsWhatWasKeptBackAsSoonAsTheHoursEnd() {
        set(ALL_DAY.formatted(""));
        String id = send();
        var waiting = java.util.concurrent.CompletableFuture.supplyAsync(() -> phone.get("/v1/outbox?wait=60"));
        eventually(() -> assertThat(bridge.bean(WaitingPhones.class).count()).isPositive());
        set("{}");
        assertThat(waiting.join().expect(200).at("/messages/0/id")).isEqualTo(id);
    }

    @Test
    void aGatewayGetsNothingUntilTheHoursEnd() {
        try (Receiver gateway = new Receiver()) {
            String device = tenant.post("/v1/devices", """
                            {"name":"G","transport":{"type":"android-sms-gateway","url":"%s","username":"u","password":"p"}}""".formatted(gateway.url("/message")))
                    .expect(201)
                    .at("/id");
            set(ALL_DAY.formatted(""));
            String id = tenant.post(
                            "/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"deviceId\":\"" + device + "\"}")
                    .at("/id");
            bridge.bean(Sweeper.class).sweep();
            assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("queued");
            assertThat(gateway.requests()).isEmpty();
            set("{}");
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo("sent"));
        }
    }

    @Test
    void anotherTenantsQuietHoursAreItsOwn() {
        Api other = bridge.newTenant().api();
        other.put("/v1/sms-settings", ALL_DAY.formatted("")).expect(200);
        send();
        assertThat(fetched()).containsExactly("x");
    }

    @Test
    void settingsAreShownAsTheyWereGivenAndAudited() {
        String all = "{\"quietHours\":{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"Asia/Kolkata\"},"
                + "\"help\":{\"text\":\"Call us\",\"words\":[\"Aide\"]}}";
        assertThat(set(all).text()).isEqualTo(all);
        assertThat(tenant.get("/v1/sms-settings").text()).isEqualTo(all);
        assertThat(tenant.get("/v1/audit").at("/data/0/action")).isEqualTo("sms-settings.update");
        assertThat(set("{}").text()).isEqualTo("{\"quietHours\":null,\"help\":null}");
    }

    @Test
    void badSettingsAreNamedAndChangeNothing() {
        assertThat(tenant.put("/v1/sms-settings", """
                        {"quietHours":{"from":"9"},"help":{"text":" ","words":["!",7]},"hours":1}""")
                        .expect(422)
                        .json()
                        .get("errors")
                        .findValuesAsText("field"))
                .contains("quietHours.from", "help.text", "help.words[0]", "help.words[1]", "hours");
        assertThat(tenant.get("/v1/sms-settings").text()).isEqualTo("{\"quietHours\":null,\"help\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "help", " Help! ", "\\\"Info\\\"", "ＨＥＬＰ", "aide", "AIDE?", "hilfe bitte"})
    void whoAsksForHelpGetsTheText(String text) {
        set("{\"help\":{\"text\":\"Call 1800\",\"words\":[\"Aide\",\"Hilfe bitte\"]}}");
        capture(text);
        assertThat(fetched()).containsExactly("Call 1800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help me please", "helper", "i need help", "?", "infos"})
    void aWordInASentenceAsksForNothing(String text) {
        set("{\"help\":{\"text\":\"Call 1800\"}}");
        capture(text);
        assertThat(tenant.get("/v1/outgoing").json().get("data")).isEmpty();
    }

    @Test
    void helpIsGuardedAsAllRepliesAre() {
        set("{\"help\":{\"text\":\"Call 1800\"}}");
        for (int n = 0; n < 8; n++) {
            phone.post("/v1/inbound", "{\"id\":\"" + n + "\",\"from\":\"919876543211\",\"text\":\"HELP\"}")
                    .expect(202);
            phone.post("/v1/inbound", "{\"id\":\"" + n + "\",\"from\":\"919876543211\",\"text\":\"HELP\"}")
                    .expect(202);
        }
        assertThat(tenant.get("/v1/outgoing").json().get("data")).hasSize(5);
        phone.post("/v1/inbound", "{\"from\":\"919876543212\",\"text\":\"STOP\"}")
                .expect(202);
        phone.post("/v1/inbound", "{\"from\":\"919876543212\",\"text\":\"HELP\"}")
                .expect(202);
        phone.post("/v1/inbound", "{\"from\":\"57575\",\"text\":\"HELP\"}").expect(202);
        assertThat(tenant.get("/v1/outgoing").json().get("data")).hasSize(5);
    }

    @Test
    void withoutATextNobodyAnswersHelp() {
        capture("HELP");
        assertThat(tenant.get("/v1/outgoing").json().get("data")).isEmpty();
    }

    @Test
    void numbersThatOptedOutElsewhereAreTakenOverEachByItself() {
        String queued = send();
        Api.Reply taken = tenant.post("/v1/opt-outs", """
                        {"numbers":["919876543210","+91 98765-43211","VK-BANK","12",7,"919876543211"]}""").expect(200);
        assertThat(taken.text()).startsWith("{\"added\":2,\"already\":1,\"refused\":[{\"index\":2,");
        assertThat(taken.json().get("refused").findValuesAsText("index")).containsExactly("2", "3", "4");
        assertThat(tenant.get("/v1/outgoing/" + queued).at("/error")).isEqualTo("opted-out");
        tenant.post("/v1/messages", "{\"to\":\"919876543211\",\"text\":\"x\"}").expect(409);
        assertThat(tenant.get("/v1/audit").at("/data/0/detail")).isEqualTo("3 numbers");
        JsonNode first = tenant.get("/v1/opt-outs").json().at("/data/0");
        assertThat(first.get("messageId").isNull()).isTrue();
    }

    @Test
    void oneNumberIsTakenOverOrRefusedByItself() {
        tenant.post("/v1/opt-outs", "{\"number\":\"+91 98765-43211\"}").expect(200);

        tenant.post("/v1/messages", "{\"to\":\"919876543211\",\"text\":\"x\"}").expect(409);
        assertThat(tenant.post("/v1/opt-outs", "{\"number\":\"VK-BANK\"}")
                        .expect(200)
                        .at("/refused/0/index"))
                .isEqualTo("0");
        tenant.post("/v1/opt-outs", "{\"number\":\"919876543212\",\"numbers\":[\"919876543213\"]}")
                .expect(422);
        tenant.post("/v1/opt-outs", "{}").expect(422);
        assertThat(tenant.get("/v1/opt-outs").json().get("data")).hasSize(1);
    }

    @Test
    void thousandsAreTakenOverAndExportedWhole() {
        String numbers = IntStream.range(0, 1_500)
                .mapToObj(n -> "\"9198" + (10_000_000 + n) + "\"")
                .collect(Collectors.joining(","));
        String body = "{\"numbers\":[" + numbers + "]}";
        assertThat(tenant.post("/v1/opt-outs", body).expect(200).at("/added")).isEqualTo("1500");
        assertThat(tenant.post("/v1/opt-outs", body).expect(200).at("/already")).isEqualTo("1500");
        phone.post("/v1/inbound", "{\"from\":\"=SUM(A1)\",\"text\":\"STOP\"}").expect(202);
        Api.Reply file = tenant.get("/v1/opt-outs/export").expect(200);
        List<String> lines = file.text().lines().toList();
        assertThat(lines).hasSize(1_502);
        assertThat(lines.get(0)).isEqualTo("number,since,messageId");
        assertThat(lines.get(1)).startsWith("\"'=SUM(A1)\",").contains(",msg_");
        assertThat(lines.get(2)).matches("919810001499,[0-9T:.-]+Z,");
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        phone.get("/v1/opt-outs/export").expect(403);
    }

    private Api.Reply table(String csv) {
        return tenant.post("/v1/opt-outs/import", csv);
    }

    @Test
    void aTableIsTakenOverAndItsBadLinesAreNamed() {
        Api.Reply taken = table("name;number\nAnn;+91 98765-43211\nBob;12\n;\nAnn;919876543211\nX;VK-BANK\n")
                .expect(200);

        assertThat(taken.at("/added")).isEqualTo("1");
        assertThat(taken.at("/already")).isEqualTo("1");
        assertThat(taken.json().get("refused").findValuesAsText("line")).containsExactly("3", "6");
        assertThat(taken.at("/refused/0/message")).contains("3 to 15 digits");
        tenant.post("/v1/messages", "{\"to\":\"919876543211\",\"text\":\"x\"}").expect(409);
    }

    @Test
    void whatWasExportedIsTakenOverByAnotherTenant() {
        tenant.post("/v1/opt-outs", "{\"numbers\":[\"919876543210\",\"919876543211\"]}")
                .expect(200);
        String file = tenant.get("/v1/opt-outs/export").text();
        Api other = bridge.newTenant().api();

        assertThat(other.post("/v1/opt-outs/import", file).expect(200).text())
                .isEqualTo("{\"added\":2,\"already\":0,\"refused\":[]}");
        assertThat(other.get("/v1/opt-outs").json().findValuesAsText("number"))
                .containsExactlyInAnyOrder("919876543210", "919876543211");
        assertThat(other.post("/v1/opt-outs/import", file).expect(200).at("/already"))
                .isEqualTo("2");
    }

    @Test
    void aTableThatIsTooLongOrNoneIsRefusedWhole() {
        assertThat(table("").expect(422).text()).contains("1 to 10000");
        assertThat(table("919876543211\n".repeat(10_002)).expect(422).text()).contains("1 to 10000");
        assertThat(table("1\n".repeat(600_000)).expect(413).text()).contains("1 MiB");
        assertThat(table("919876543211\n\"919876543212").expect(422).text()).contains("line 2");
        phone.post("/v1/opt-outs/import", "919876543211").expect(403);
        assertThat(tenant.get("/v1/opt-outs").json().get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"numbers\":[]}", "{\"numbers\":\"919876543210\"}", "{\"number\":[\"919876543210\"]}"})
    void aListThatIsNoneIsRefused(String body) {
        tenant.post("/v1/opt-outs", body).expect(422);
    }
}
