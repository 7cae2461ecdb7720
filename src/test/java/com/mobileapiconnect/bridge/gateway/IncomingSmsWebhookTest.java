package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class IncomingSmsWebhookTest extends GatewayContract {

    @Override
    String adapter() {
        return "incoming-sms-webhook";
    }

    @Override
    boolean hasIds() {
        return false;
    }

    @Override
    boolean saysTo() {
        return false;
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.incomingSmsWebhook(sms, unknownField);
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

    @Test
    void theSampleIsUnderstoodAndItsSimSaysToWhom() {
        String path = pathOf(pairWithoutNumber(",\"sims\":{\"1\":\"911234500001\",\"2\":\"911234500002\"}"));
        isReceipt(send(path, Call.json("""
                {"from":"1234567890","text":"Hi","sentStamp":1700000000000,"receivedStamp":1700000001000,"sim":"sim1"}""")));
        assertThat(messages().get(0).get("to").asText()).isEqualTo("911234500001");
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2023-11-14T22:13:21.000Z");
        isReceipt(send(path, Call.json("""
                {"from":"1234567890","text":"Hi","sentStamp":"1700000000000","receivedStamp":"1700000001000",
                 "sim":"undetected"}""")));
        assertThat(messages()).as("the same second").hasSize(1);
        isReceipt(send(path, Call.json("""
                {"from":"1234567890","text":"Ho","receivedStamp":"1700000001000","sim":"undetected"}""")));
        assertThat(messages().get(0).get("to").isNull()).isTrue();
        assertThat(messages().get(0).at("/flags/toUnknown").asBoolean()).isTrue();
    }
}
