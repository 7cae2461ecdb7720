package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TextbeeTest extends GatewayContract {

    @Override
    String adapter() {
        return "textbee";
    }

    @Override
    boolean saysTo() {
        return false;
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.textbee(sms, unknownField);
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

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"textbee","url":"%s","apiKey":"hush-hush"}""".formatted(gateway.url("/devices/65f0/send-sms"));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) {
        assertThat(got.method() + " " + got.path()).isEqualTo("POST /devices/65f0/send-sms");
        assertThat(got.header("x-api-key")).isEqualTo("hush-hush");
        assertThat(got.text()).isEqualTo("{\"message\":\"" + text + "\",\"recipients\":[\"+919876543210\"]}");
    }

    @Test
    void theSampleIsUnderstood() {
        isReceipt(send(pathOf(pair("")), Call.json("""
                {"smsId":"692437f882033f160900ff70","message":"Hi","deviceId":"65f0","webhookSubscriptionId":"66a1",
                 "webhookEvent":"MESSAGE_RECEIVED","idempotencyKey":"uuid","sender":"+123456789",
                 "receivedAt":"2025-10-05T13:00:35.208Z"}""")));
        assertThat(messages().get(0).get("phoneId").asText()).isEqualTo("692437f882033f160900ff70");
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2025-10-05T13:00:35.208Z");
    }

    @Test
    void itsEventsTellWhatBecameOfAnSmsByTheIdOfItsBatch() {
        try (Receiver textbee = new Receiver()
                .answering(got -> Receiver.Answer.of(201, "{\"data\":{\"success\":true,\"smsBatchId\":\"b77\"}}"))) {
            Api.Reply paired = pair(",\"transport\":" + transport(textbee));
            String sms = outgoing(paired);
            eventually(() -> assertThat(statusOf(sms)).isEqualTo("sent"));
            for (String event : List.of("MESSAGE_SENT", "MESSAGE_DELIVERED", "MESSAGE_FAILED", "UNKNOWN_STATE")) {
                isReceipt(send(
                        pathOf(paired),
                        Call.json("{\"smsId\":\"s1\",\"smsBatchId\":\"b77\",\"webhookEvent\":\"" + event + "\"}")));
            }
            assertThat(statusOf(sms)).isEqualTo("delivered");
            isReceipt(send(
                    pathOf(pair("")),
                    Call.json("{\"smsId\":\"s1\",\"smsBatchId\":\"b77\",\"webhookEvent\":\"MESSAGE_FAILED\"}")));
            assertThat(messages()).isEmpty();
        }
    }
}
