package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class VonageTest extends GatewayContract {

    @Override
    String adapter() {
        return "vonage";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.vonage(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : call.text().split("&")) {
            fields.put(field.split("=", 2)[0], URLDecoder.decode(field.split("=", 2)[1], StandardCharsets.UTF_8));
        }
        StringBuilder signed = new StringBuilder();
        fields.forEach(
                (name, value) -> signed.append("&").append(name).append("=").append(value.replaceAll("[&=]", "_")));
        byte[] sig = Hmac.sha256(new Redacted(key), signed.toString().getBytes(StandardCharsets.UTF_8));
        return Call.post(
                Form.CONTENT_TYPE, call.text() + "&sig=" + HexFormat.of().formatHex(sig));
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
    }

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"vonage","url":"%s","apiKey":"k","apiSecret":"hush-hush"}""".formatted(gateway.url(""));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) {
        assertThat(got.method() + " " + got.path()).isEqualTo("POST /sms/json");
        assertThat(URLDecoder.decode(got.text(), StandardCharsets.UTF_8))
                .isEqualTo("api_key=k&api_secret=hush-hush&from=911234500002&to=919876543210&text=" + text
                        + "&type=unicode&client-ref=" + id);
    }

    @Test
    void aSignedTextCannotBeExchanged() {
        String path = pathOf(pair(",\"signingKey\":\"" + KEY + "\""));
        Call good = signed(handsOver(said("id-1", "one"), false), "", KEY);
        send(path, Call.post(Form.CONTENT_TYPE, good.text().replace("text=one", "text=two")))
                .expect(401);
        send(path, Call.post(Form.CONTENT_TYPE, good.text() + "&more=1")).expect(401);
        isReceipt(send(path, Call.get(good.text())));
        assertThat(messages()).hasSize(1);
    }

    @Test
    void itSpeaksJsonTooAndItsTimesAreInUtc() {
        String path = pathOf(pair(",\"zone\":\"Asia/Kolkata\""));
        isReceipt(send(path, Call.json("""
                {"msisdn":"447700900001","to":"447700900000","messageId":"0A1","text":"Hi","type":"text",
                 "keyword":"HI","message-timestamp":"2026-01-01 12:00:00"}""")));
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        isReceipt(send(path, Call.get("msisdn=447700900001&messageId=0A2&type=binary&data=4869")));
        assertThat(messages().get(0).at("/flags/unparsed").asBoolean()).isTrue();
    }

    @Test
    void aReceiptTellsWhatBecameOfAnSms() {
        Api.Reply paired = pair(",\"outbox\":true");
        String sms = outgoing(paired);
        for (String status : new String[] {"buffered", "accepted", "delivered", "failed"}) {
            isReceipt(send(
                    pathOf(paired),
                    Call.get("msisdn=4477&messageId=0A3&status=" + status + "&err-code=0&client-ref=" + sms)));
        }
        assertThat(statusOf(sms)).isEqualTo("delivered");
    }

    @Test
    void whatItRefusesWithA200IsFailedOrTriedAgain() {
        try (Receiver vonage = new Receiver().answering(got -> Receiver.Answer.of(200, """
                {"messages":[{"status":"6","error-text":"Invalid message"}]}"""))) {
            String sms = outgoing(pair(",\"transport\":" + transport(vonage)));
            eventually(() -> assertThat(statusOf(sms)).isEqualTo("failed"));
            assertThat(tenant().get("/v1/outgoing/" + sms).at("/error")).isEqualTo("vonage: status 6: Invalid message");
            vonage.answering(got -> Receiver.Answer.of(200, "{\"messages\":[{\"status\":\"4\"}]}"));
            String later = outgoing(pair(",\"transport\":" + transport(vonage)));
            eventually(
                    () -> { // not during its next push
                        Api.Reply refused = tenant().get("/v1/outgoing/" + later);
                        assertThat(refused.at("/error")).as("a wrong password").isEqualTo("vonage: status 4");
                        assertThat(refused.at("/status")).isEqualTo("queued");
                    });
        }
    }
}
