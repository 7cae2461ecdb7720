package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TwilioTest extends GatewayContract {

    @Override
    String adapter() {
        return "twilio";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.twilio(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : new String(call.body(), StandardCharsets.UTF_8).split("&")) {
            fields.put(field.split("=", 2)[0], URLDecoder.decode(field.split("=", 2)[1], StandardCharsets.UTF_8));
        }
        StringBuilder signed = new StringBuilder(url);
        fields.forEach((name, value) -> signed.append(name).append(value));
        byte[] signature = Hmac.sha1(new Redacted(key), signed.toString().getBytes(StandardCharsets.UTF_8));
        return call.with(Map.of("X-Twilio-Signature", Base64.getEncoder().encodeToString(signature)));
    }

    /** Anything else than an empty response could become an SMS to the customer. */
    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/xml");
        assertThat(reply.text()).isEqualTo("<Response/>");
    }

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"twilio","url":"%s","accountSid":"AC12","authToken":"hush-hush"}""".formatted(gateway.url(""));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) {
        assertThat(got.method() + " " + got.path()).isEqualTo("POST /2010-04-01/Accounts/AC12/Messages.json");
        assertThat(got.header("Authorization")).isEqualTo("Basic QUMxMjpodXNoLWh1c2g=");
        assertThat(got.header("Content-Type")).startsWith(Form.CONTENT_TYPE);
        assertThat(URLDecoder.decode(got.text(), StandardCharsets.UTF_8))
                .isEqualTo("To=+919876543210&From=+911234500002&Body=" + text);
    }

    @Test
    void aStatusCallbackLeavesNothingBehind() {
        isReceipt(send(
                pathOf(pair("")), Call.post(Form.CONTENT_TYPE, "MessageSid=SM1&MessageStatus=delivered&To=%2B1650")));
        assertThat(messages()).isEmpty();
    }

    @Test
    void anMmsWithoutATextIsKeptWithTheAddressesOfItsPictures() {
        isReceipt(send(
                pathOf(pair("")),
                Call.post(
                        Form.CONTENT_TYPE,
                        "MessageSid=MM1&From=%2B1650&To=%2B1651&NumMedia=1&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fm1"
                                + "&MediaContentType0=image%2Fpng")));
        assertThat(messages().get(0).get("text").asText()).isEmpty();
        assertThat(messages().get(0).at("/flags/mms").asBoolean()).isTrue();
        assertThat(messages().get(0).at("/asSent/attachments").toString())
                .isEqualTo("[{\"contentType\":\"image/png\",\"url\":\"https://api.twilio.com/m1\"}]");
    }

    private JsonNode wishing(String path, String sid, String type) {
        isReceipt(send(
                path,
                Call.post(
                        Form.CONTENT_TYPE,
                        "MessageSid=" + sid + "&From=%2B14158670001&To=%2B1651&Body=As+you+said&OptOutType=" + type)));
        return messages().get(0);
    }

    /** Its words are those of the account, and Twilio sends to nobody who has said one. */
    @Test
    void aWishToStopThatTwilioHasUnderstoodCountsAndWhatItHasAnsweredGetsNoSecondAnswer() {
        tenant().post("/v1/rules", "{\"name\":\"All\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi\"}]}")
                .expect(201);
        String path = pathOf(pair(",\"outbox\":true"));
        String sms = "{\"to\":\"14158670001\",\"text\":\"x\"}";

        JsonNode help = wishing(path, "SM1", "HELP");
        assertThat(help.at("/flags/noReply").asBoolean()).isTrue();
        assertThat(help.get("deliveries")).isEmpty();
        JsonNode stop = wishing(path, "SM2", "STOP");
        assertThat(stop.at("/flags/optOut").asBoolean()).isTrue();
        tenant().post("/v1/messages", sms).expect(409);
        JsonNode start = wishing(path, "SM3", "START");
        assertThat(start.at("/flags/optIn").asBoolean()).isTrue();
        tenant().post("/v1/messages", sms).expect(202);
    }

    @Test
    void aStatusCallbackTellsWhatBecameOfAnSmsByEitherId() {
        try (Receiver twilio =
                new Receiver().answering(got -> Receiver.Answer.of(201, "{\"sid\":\"SM77\",\"status\":\"queued\"}"))) {
            Api.Reply paired = pair(",\"transport\":"
                    + transport(twilio).replace("}", ",\"reportUrl\":\"https://bridge.example.com/r?x=1\"}"));
            String sms = outgoing(paired);
            eventually(() -> assertThat(statusOf(sms)).isEqualTo("sent"));
            assertThat(URLDecoder.decode(twilio.requests().get(0).text(), StandardCharsets.UTF_8))
                    .endsWith("&StatusCallback=https://bridge.example.com/r?x=1&sms=" + sms);
            Call failed = Call.post(Form.CONTENT_TYPE, "MessageSid=SM77&MessageStatus=undelivered&ErrorCode=30003");
            isReceipt(send(pathOf(paired), failed));
            assertThat(statusOf(sms)).isEqualTo("failed");
            assertThat(tenant().get("/v1/outgoing/" + sms).at("/error")).isEqualTo("Twilio error 30003");
            String other = outgoing(pair(",\"outbox\":true"));
            isReceipt(send(
                    pathOf(paired) + "?sms=" + other, Call.post(Form.CONTENT_TYPE, "MessageSid=1&MessageStatus=sent")));
            assertThat(statusOf(other)).isEqualTo("queued");
        }
    }
}
