package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AndroidSmsGatewayTest extends GatewayContract {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    String adapter() {
        return "android-sms-gateway";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.androidSmsGateway(sms, unknownField);
    }

    private static ObjectNode event(String name, String messageId) {
        return SpokenBy.androidEvent(name, messageId);
    }

    @Override
    Call signed(Call call, String url, String key) {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        byte[] signed = (new String(call.body(), StandardCharsets.UTF_8) + timestamp).getBytes(StandardCharsets.UTF_8);
        String signature = HexFormat.of().formatHex(Hmac.sha256(new Redacted(key), signed));
        return call.with(Map.of("X-Timestamp", timestamp, "X-Signature", signature));
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
    }

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"android-sms-gateway","url":"%s","username":"sms","password":"hush-hush"}""".formatted(gateway.url("/message"));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) throws Exception {
        assertThat(got.path()).isEqualTo("/message");
        assertThat(got.header("Authorization")).isEqualTo("Basic c21zOmh1c2gtaHVzaA==");
        assertThat(got.header("Content-Type")).startsWith("application/json");
        assertThat(JSON.readTree(got.body())).isEqualTo(JSON.readTree("""
                {"id":"%s","textMessage":{"text":"%s"},"phoneNumbers":["+919876543210"],"simNumber":2}""".formatted(id, text)));
    }

    @Test
    void theSampleOfTheDocumentationIsUnderstood() {
        isReceipt(send(pathOf(pair("")), Call.post("application/json", """
                {"id":"Ey6ECgOkVVFjz3CL48B8C","webhookId":"LreFUt","event":"sms:received","deviceId":"ffff01",
                 "payload":{"messageId":"83be51e4","message":"Hi","sender":"+6505551212","recipient":"+1234567890",
                 "simNumber":1,"phoneNumber":"+6505551212","receivedAt":"2024-06-22T15:46:11.000+07:00"}}""")));
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2024-06-22T08:46:11.000Z");
        assertThat(messages().get(0).get("sim").asInt()).isEqualTo(1);
    }

    @Test
    void oneMessageWithTwoIdsIsOneMessageAndEqualTextsOfTwoAreTwo() {
        String path = pathOf(pair(",\"outbox\":true"));
        tenant().post("/v1/rules", "{\"name\":\"All\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi\"}]}")
                .expect(201);
        Call call = received("83be51e4", "2026-06-12T14:32:00.000+07:00");
        String again = received("83be51e4", "2026-06-12T14:32:05.000+07:00").text();
        isReceipt(send(path, call));
        isReceipt(send(path, Call.json(again.replace("Ey6ECgOkVVFjz3CL48B8C", "another"))));
        assertThat(messages()).hasSize(1);
        isReceipt(send(path, received("83be51e5", "2026-06-12T14:33:00.000+07:00")));
        assertThat(messages()).hasSize(2);
        eventually(
                () -> assertThat(tenant().get("/v1/outgoing").json().get("data").size())
                        .isEqualTo(2));
    }

    private static Call received(String messageId, String at) {
        ObjectNode event = event("sms:received", messageId);
        ((ObjectNode) event.get("payload"))
                .put("message", "balance")
                .put("sender", "+919876543210")
                .put("receivedAt", at);
        return Call.json(event);
    }

    @Test
    void olderAppsSendThePhoneNumberAloneAndTheSimMapSaysToWhom() {
        String path = pathOf(pair(",\"sims\":{\"2\":\"911234500002\"}"));
        isReceipt(send(path, Call.post("application/json", """
                {"event":"sms:received","payload":{"message":"Hi","phoneNumber":"6505551212","simNumber":2,
                 "receivedAt":"2024-06-22T15:46:11.000+07:00"}}""")));
        assertThat(messages().get(0).get("from").asText()).isEqualTo("6505551212");
        assertThat(messages().get(0).get("to").asText()).isEqualTo("911234500002");
        assertThat(messages().get(0).get("phoneId").asText()).startsWith("at-1719045971-");
    }

    @Test
    void eventsTellWhatBecameOfAnSmsAndALateOneTakesNothingBack() {
        try (Receiver app = new Receiver().answering(202)) {
            Api.Reply paired = pair(",\"transport\":" + transport(app));
            String path = pathOf(paired);
            String sent = sent(paired);
            for (String event : List.of("sms:sent", "sms:delivered", "sms:sent", "sms:failed")) {
                isReceipt(send(
                        path, Call.post("application/json", event(event, sent).toString())));
            }
            assertThat(statusOf(sent)).isEqualTo("delivered");
            String failed = sent(paired);
            ObjectNode event = event("sms:failed", failed);
            ((ObjectNode) event.get("payload")).put("reason", "no credit");
            isReceipt(send(path, Call.post("application/json", event.toString())));
            assertThat(statusOf(failed)).isEqualTo("failed");
            assertThat(tenant().get("/v1/outgoing/" + failed).at("/error")).isEqualTo("no credit");
            String others = sent(pair(",\"transport\":" + transport(app)));
            isReceipt(send(
                    path,
                    Call.post("application/json", event("sms:delivered", others).toString())));
            assertThat(statusOf(others)).isEqualTo("sent");
        }
    }

    private String sent(Api.Reply paired) {
        String id = outgoing(paired);
        eventually(() -> assertThat(statusOf(id)).isEqualTo("sent"));
        return id;
    }

    @Test
    void otherEventsAreTakenAndLeaveNothingBehind() {
        String path = pathOf(pair(""));
        for (String event : List.of("sms:cancelled", "system:ping", "app:started", "new:one")) {
            isReceipt(send(path, Call.post("application/json", event(event, "1").toString())));
        }
        isReceipt(send(
                path,
                Call.post("application/json", event("sms:sent", "not ours").toString())));
        assertThat(messages()).isEmpty();
    }

    @Test
    void anMmsComesInHoweverLargeItsPicturesAre() {
        String path = pathOf(pair(",\"signingKey\":\"" + KEY + "\""));
        String mms = """
                {"event":"mms:downloaded","payload":{"attachments":[{"contentType":"image/jpeg","data":"%s"}],
                 "messageId":"1","sender":"+650","body":"see the photo","receivedAt":"2024-06-22T15:46:12.000+07:00"}}""";
        isReceipt(send(path, signed(Call.post("application/json", mms.formatted("A".repeat(3 << 20))), "", KEY)));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("see the photo");
        assertThat(send(path, Call.post("application/json", mms.formatted("A".repeat(8 << 20))))
                        .status())
                .isEqualTo(413);
    }

    /** As on a new phone. */
    @Test
    void twoPicturesWithOneIdAreTwoUnlessTheyCameInTheSameSecond() {
        String path = pathOf(pair(""));
        String mms = """
                {"event":"mms:downloaded","payload":{"messageId":"12","sender":"+650","body":null,
                 "attachments":[{"contentType":"image/jpeg","name":"a.jpg"}],"receivedAt":"%s"}}""";
        for (String at : List.of("2024-06-22T15:46:12+07:00", "2024-06-22T15:46:12+07:00", "2025-06-22T15:46:12Z")) {
            isReceipt(send(path, Call.post("application/json", mms.formatted(at))));
        }
        assertThat(messages()).hasSize(2);
    }

    @Test
    void aReportOfAnIdThatCannotBeIsTaken() {
        String path = pathOf(pair(""));
        for (String id : List.of("\0", "out_\0")) {
            isReceipt(send(path, Call.json(event("sms:sent", id))));
        }
    }

    /** As when the app reads its inbox again. */
    @Test
    void aBatchIsAsManyMessages() {
        String path = pathOf(pair(""));
        Call batch = Call.post("application/json", """
                {"id":"b1","event":"sms:batch:received","payload":{"messages":[
                 {"messageId":"a1","message":"one","sender":"+650","recipient":null,"simNumber":1,
                  "receivedAt":"2024-06-22T15:46:11.000+07:00"},
                 {"messageId":"a2","message":"two","sender":"+651","receivedAt":"2024-06-22T15:46:12.000+07:00"}]}}""");
        isReceipt(send(path, batch));
        isReceipt(send(path, batch));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactlyInAnyOrder("one", "two");
        isReceipt(send(path, Call.post("application/json", """
                {"id":"b2","event":"mms:batch:downloaded","payload":{"messages":[
                 {"messageId":"1","sender":"+650","body":"Look","receivedAt":"2024-06-22T15:46:13.000+07:00",
                  "attachments":[{"contentType":"image/jpeg","name":"a.jpg","size":9,"data":"/9j/4AAQ"}]}]}}""")));
        assertThat(messages().get(0).at("/asSent/attachments/0/name").asText()).isEqualTo("a.jpg");
    }

    @Test
    void messagesOfAKindThatNobodyKnowsAreKeptRaw() {
        String path = pathOf(pair(""));
        for (String event : List.of("sms:batch:data-received", "sms:data-received", "rcs:downloaded")) {
            isReceipt(send(path, Call.post("application/json", event(event, "1").toString())));
        }
        isReceipt(send(path, Call.post("application/json", "{\"event\":\"sms:batch:received\",\"payload\":{}}")));
        isReceipt(send(path, Call.post("application/json", """
                {"event":"sms:batch:received","payload":{"messages":[{"message":"one","sender":"+1"},{"sender":"+2"}]}}""")));
        assertThat(messages())
                .hasSize(5)
                .allSatisfy(m -> assertThat(m.at("/flags/unparsed").asBoolean()).isTrue());
    }

    @Test
    void anMmsIsKeptWithItsTextAndWhatIsKnownOfItsPictures() {
        String path = pathOf(pair(""));
        isReceipt(send(path, Call.post("application/json", """
                {"event":"mms:received","payload":{"messageId":"mms_1","sender":"+6505551212","simNumber":1,
                 "transactionId":"T1","subject":"Photo","attachmentCount":1,"size":125684,
                 "receivedAt":"2024-06-22T15:46:11.000+07:00"}}""")));
        isReceipt(send(path, Call.post("application/json", """
                {"event":"mms:downloaded","payload":{"messageId":"mms_2","sender":"+6505551212","body":"Look",
                 "subject":null,"attachments":[{"partId":1,"contentType":"image/jpeg","name":"a.jpg","size":125684,
                 "data":"/9j/4AAQ"}],"receivedAt":"2024-06-22T15:46:12.000+07:00"}}""")));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("Look", "Photo");
        assertThat(messages())
                .allSatisfy(m -> assertThat(m.at("/flags/mms").asBoolean()).isTrue());
        assertThat(messages().get(0).at("/asSent/attachments").toString())
                .isEqualTo("[{\"contentType\":\"image/jpeg\",\"name\":\"a.jpg\",\"size\":125684}]");
    }
}
