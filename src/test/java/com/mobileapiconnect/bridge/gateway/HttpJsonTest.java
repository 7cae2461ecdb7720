package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class HttpJsonTest extends GatewayContract {

    @Override
    String adapter() {
        return "http-json";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.httpJson(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        String signature = HexFormat.of().formatHex(Hmac.sha256(new Redacted(key), call.body()));
        return call.with(Map.of("X-Signature", signature));
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
    }

    private JsonNode taken(String path, Call call) {
        isReceipt(send(path, call));
        return messages().get(0);
    }

    @Test
    void fieldsStandWhereTheMappingSays() {
        String path = pathOf(pairWithoutNumber(",\"mapping\":" + """
                {"from":"/sms/0/sender","text":"/sms/0/a~1b","id":["/event","/sms/0/at"],"sim":"/slot",
                 "receivedAt":"/sms/0/at","to":{"value":"911234500009"}}"""));
        JsonNode message = taken(path, Call.json("""
                {"event":"e1","slot":"SIM2","sms":[{"sender":"+1650","a/b":"Hi \uD83D\uDE00","at":1700000001000,
                 "deep":[[1],{"x":2}]},{"sender":"other"}]}"""));
        assertThat(message.get("from").asText()).isEqualTo("+1650");
        assertThat(message.get("text").asText()).isEqualTo("Hi \uD83D\uDE00");
        assertThat(message.get("phoneId").asText()).isEqualTo("e1-1700000001000");
        assertThat(message.get("to").asText()).isEqualTo("911234500009");
        assertThat(message.get("sim").asInt()).isEqualTo(2);
        assertThat(message.get("receivedAt").asText()).isEqualTo("2023-11-14T22:13:21.000Z");
    }

    @Test
    void aMappingIsShownAndTakenBackAndItsFaultsAreNamed() {
        String mapping = """
                {"from":"sender","text":{"at":["/a","b"],"as":"utf-16-hex"},"to":{"value":"911"},
                 "receivedAt":{"at":"/date","as":"yy,MM,dd,HH,mm,ss"},"signature":{"header":"X-Sig",
                 "algorithm":"hmac-sha512","encoding":"base64","prefix":"v1=","signed":"{X-Time}.{body}",
                 "timestamp":"X-Time"}}""";
        Api.Reply paired = pair(",\"mapping\":" + mapping);
        Api.Reply shown = tenant().get("/v1/devices/" + paired.at("/id"));
        assertThat(shown.json().get("mapping")).isEqualTo(json(mapping));
        Api.Reply same =
                tenant().patch("/v1/devices/" + paired.at("/id"), shown.text()).expect(200);
        assertThat(same.json().get("mapping")).isEqualTo(json(mapping));
        assertThat(tenant().patch("/v1/devices/" + paired.at("/id"), "{\"mapping\":null}")
                        .json()
                        .get("mapping")
                        .isNull())
                .isTrue();
        Map.of(
                        "{\"from\":\"a\"}", "mapping.text",
                        "{\"text\":\"\"}", "mapping.text",
                        "{\"text\":\"/a~2\"}", "mapping.text",
                        "{\"text\":{\"as\":\"utf-16-hex\"}}", "mapping.text.at",
                        "{\"text\":{\"at\":\"a\",\"as\":\"rot13\"}}", "mapping.text.as",
                        "{\"text\":\"a\",\"receivedAt\":{\"at\":\"b\",\"as\":\"{{{\"}}", "mapping.receivedAt.as",
                        "{\"text\":\"a\",\"signature\":{}}", "mapping.signature.header",
                        "{\"text\":\"a\",\"signature\":{\"header\":\"H\",\"signed\":\"x\"}}",
                                "mapping.signature.signed",
                        "{\"text\":\"a\",\"more\":\"b\"}", "mapping.more",
                        "[]", "mapping")
                .forEach((bad, field) -> assertThat(
                                tenant().patch("/v1/devices/" + paired.at("/id"), "{\"mapping\":" + bad + "}")
                                        .expect(422)
                                        .at("/errors/0/field"))
                        .as(bad)
                        .isEqualTo(field));
        assertThat(tenant().post("/v1/devices", "{\"name\":\"K\",\"adapter\":\"kannel\",\"mapping\":{\"text\":\"t\"}}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("mapping");
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aSignatureIsMadeAsTheMappingSays() {
        String path = pathOf(pair(",\"signingKey\":\"" + KEY + "\",\"mapping\":" + """
                {"from":"f","text":"t","signature":{"header":"X-Hub-Signature","prefix":"sha256=","encoding":"base64",
                 "signed":"{X-Time}.{body}","timestamp":"X-Time"}}"""));
        String body = "f=%2B1650&t=Hi";
        String now = Long.toString(Instant.now().getEpochSecond());
        Call good = Call.post("text/plain", body).with(signatureOf(now + "." + body, now));
        isReceipt(send(path, good));
        String old = Long.toString(Instant.now().getEpochSecond() - 400);
        send(path, good.with(signatureOf(old + "." + body, old))).expect(401);
        send(path, good.with(signatureOf(now + "." + body, old))).expect(401);
        send(path, Call.post("text/plain", body + "!").with(good.headers())).expect(401);
        isReceipt(send(path + "?t=other", Call.post("text/plain", "f=1").with(signatureOf(now + ".f=1", now))));
        assertThat(messages().get(0).at("/flags/unparsed").asBoolean())
                .as("what is not signed does not count")
                .isTrue();
    }

    private static Map<String, String> signatureOf(String signed, String time) {
        byte[] made = Hmac.sha256(new Redacted(KEY), signed.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "X-Time",
                time,
                "X-Hub-Signature",
                "sha256=" + Base64.getEncoder().encodeToString(made));
    }

    @Test
    void aSharedSecretIsEnoughWhereTheMappingSaysSo() {
        String path = pathOf(pair(",\"signingKey\":\"" + KEY + "\",\"mapping\":" + """
                {"from":"f","text":"t","signature":{"parameter":"key","algorithm":"secret"}}"""));
        send(path, Call.get("f=1650&t=Hi")).expect(401);
        send(path, Call.get("f=1650&t=Hi&key=other")).expect(401);
        assertThat(taken(path, Call.get("f=1650&t=Hi&key=" + KEY)).get("text").asText())
                .isEqualTo("Hi");
    }

    @Test
    void aQueryIsSignedWhereThereIsNoBody() {
        String path = pathOf(pair(",\"signingKey\":\"" + KEY + "\""));
        String query = "from=1650&text=Hi";
        String made = HexFormat.of().formatHex(Hmac.sha256(new Redacted(KEY), query.getBytes(StandardCharsets.UTF_8)));
        isReceipt(send(path, Call.get(query).with(Map.of("X-Signature", made))));
        send(path, Call.get(query + "!").with(Map.of("X-Signature", made))).expect(401);
        assertThat(messages()).hasSize(1);
    }

    /** What the documentation tells people to enter there. */
    @Test
    void theMappingsOfTheDocumentationFitWhatAppsAndRoutersPost() {
        String named = """
                {"from":"from","text":"text","receivedAt":"time","sim":"sim"}""";
        JsonNode tasker = taken(
                pathOf(pair(",\"mapping\":" + named)),
                Call.post(
                        "application/x-www-form-urlencoded", "from=%2B1650&text=Hi+%F0%9F%98%80&time=1700000001&sim="));
        assertThat(tasker.get("text").asText()).isEqualTo("Hi \uD83D\uDE00");
        assertThat(tasker.get("receivedAt").asText()).isEqualTo("2023-11-14T22:13:21.000Z");
        JsonNode macroDroid = taken(
                pathOf(pair(
                        ",\"mapping\":{\"from\":\"from\",\"text\":\"text\",\"receivedAt\":\"time\",\"sim\":\"sim\"}")),
                Call.get("from=%2B1650&text=100%25&time=1700000001&sim=1"));
        assertThat(macroDroid.get("text").asText()).isEqualTo("100%");
        assertThat(macroDroid.get("sim").asInt()).isEqualTo(1);
        JsonNode automate = taken(
                pathOf(pair(",\"mapping\":" + named)),
                Call.json("{\"from\":\"+1650\",\"text\":\"Hi\",\"time\":1700000001.25}"));
        assertThat(automate.get("receivedAt").asText()).isEqualTo("2023-11-14T22:13:21.250Z");
        JsonNode teltonika = taken(
                pathOf(pair(",\"mapping\":{\"from\":\"sender\",\"text\":\"message\",\"to\":\"router\"}")),
                Call.post("application/x-www-form-urlencoded", "sender=0037060000001&message=OK&router=37060000009"));
        assertThat(teltonika.get("from").asText()).isEqualTo("0037060000001");
        assertThat(teltonika.get("to").asText()).isEqualTo("37060000009");
        JsonNode huawei = taken(pathOf(pair(",\"zone\":\"Europe/Berlin\",\"mapping\":" + """
                        {"id":["/Index","/Date"],"from":"/Phone","text":"/Content","receivedAt":"/Date"}""")), Call.json("""
                        {"Smstat":"0","Index":"40001","Phone":"+491701234567","Content":"Grüße","Date":"2024-06-22 15:46:11",
                         "Sca":null,"SaveType":"4","Priority":"0","SmsType":"1"}"""));
        assertThat(huawei.get("receivedAt").asText()).isEqualTo("2024-06-22T13:46:11.000Z");
        assertThat(huawei.get("phoneId").asText()).isEqualTo("40001-2024-06-22 15:46:11");
        JsonNode zte = taken(pathOf(pair(",\"zone\":\"Europe/Berlin\",\"mapping\":" + """
                        {"id":["/id","/date"],"from":"/number","text":{"at":"/content","as":"utf-16-hex"},
                         "receivedAt":{"at":"/date","as":"yy,MM,dd,HH,mm,ss"}}""")), Call.json("""
                        {"id":"7","number":"+491701234567","content":"00470072D83DDE00","tag":"1",
                         "date":"24,06,22,15,46,11,+8","draft_group_id":""}"""));
        assertThat(zte.get("text").asText()).isEqualTo("Gr\uD83D\uDE00");
        assertThat(zte.get("receivedAt").asText()).isEqualTo("2024-06-22T13:46:11.000Z");
    }

    @Test
    void whatWasNotUnderstoodIsReadAgainOnceTheMappingIsMended() {
        Api.Reply paired = pair(",\"mapping\":{\"from\":\"wer\",\"text\":\"was\"}");
        String path = pathOf(paired);
        isReceipt(send(path, Call.json("{\"sender\":\"+1650\",\"body\":\"Gr\u00fc\u00dfe\"}")));
        String id = messages().get(0).get("id").asText();
        tenant().post("/v1/messages/" + id + "/retry", "").expect(409);
        tenant().patch("/v1/devices/" + paired.at("/id"), "{\"mapping\":{\"from\":\"sender\",\"text\":\"/body\"}}")
                .expect(200);
        Api.Reply again = tenant().post("/v1/messages/" + id + "/retry", "").expect(200);
        assertThat(again.at("/messages/0/duplicate")).isEqualTo("false");
        JsonNode message =
                tenant().get("/v1/messages/" + again.at("/messages/0/id")).json();
        assertThat(message.get("text").asText()).isEqualTo("Grüße");
        assertThat(message.get("from").asText()).isEqualTo("+1650");
        JsonNode raw = tenant().get("/v1/messages/" + id).json();
        assertThat(message.get("receivedAt")).isEqualTo(raw.get("acceptedAt"));
        assertThat(raw.at("/raw/became/0").asText()).isEqualTo(message.get("id").asText());
        assertThat(tenant().post("/v1/messages/" + id + "/retry", "").at("/messages/0/duplicate"))
                .isEqualTo("true");
        assertThat(messages()).hasSize(2);
        tenant().post("/v1/messages/" + message.get("id").asText() + "/retry", "")
                .expect(409);
        tenant().post("/v1/messages/msg_none/retry", "").expect(404);
        bridge.newTenant().api().post("/v1/messages/" + id + "/retry", "").expect(404);
    }

    @Test
    void aByteOrderMarkBeforeTheJsonIsNoReasonNotToUnderstandIt() {
        JsonNode message = taken(pathOf(pair("")), Call.json("\ufeff{\"from\":\"+1650\",\"text\":\"Hi\"}"));
        assertThat(message.get("text").asText()).isEqualTo("Hi");
        assertThat(message.get("flags")).isEmpty();
    }
}
