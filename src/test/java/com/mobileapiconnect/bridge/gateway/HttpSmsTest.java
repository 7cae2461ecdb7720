package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class HttpSmsTest extends GatewayContract {

    @Override
    String adapter() {
        return "httpsms";
    }

    @Override
    boolean signsBody() {
        return false;
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.httpSms(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        String token = Tokens.hs256(
                key, Tokens.claims("api.httpsms.com", url, Instant.now().plusSeconds(600)));
        return call.with(Map.of("Authorization", "Bearer " + token));
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
    }

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"httpsms","url":"%s","apiKey":"hush-hush"}""".formatted(gateway.url(""));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) {
        assertThat(got.method() + " " + got.path()).isEqualTo("POST /v1/messages/send");
        assertThat(got.header("x-api-key")).isEqualTo("hush-hush");
        assertThat(got.text())
                .isEqualTo("{\"from\":\"+911234500002\",\"to\":\"+919876543210\",\"content\":\"" + text
                        + "\",\"request_id\":\"" + id + "\",\"sim\":\"SIM2\"}");
    }

    @Test
    void theSampleIsUnderstood() {
        isReceipt(send(pathOf(pair("")), Call.json("""
                {"specversion":"1.0","id":"8dca3b0a-446a-4a5d-8d2a-95314926c4ed","source":"/v1/messages/receive",
                 "type":"message.phone.received","datacontenttype":"application/json","time":"2024-01-21T12:27:29.16Z",
                 "data":{"message_id":"0681b838-4157-44bb-a4ea-721e40ee7ca7","user_id":"X","owner":"+37253920216",
                 "encrypted":false,"contact":"+37253920217","timestamp":"2024-01-21T12:27:17.949Z","content":"Hi",
                 "sim":"SIM1","attachments":null}}""")));
        assertThat(messages().get(0).get("to").asText()).isEqualTo("+37253920216");
        assertThat(messages().get(0).get("from").asText()).isEqualTo("+37253920217");
        assertThat(messages().get(0).get("sim").asInt()).isEqualTo(1);
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2024-01-21T12:27:17.949Z");
    }

    @Test
    void whatIsEncryptedIsKeptAsItIsAndAnMmsWithItsAttachments() {
        String path = pathOf(pair(""));
        isReceipt(send(path, Call.json("""
                {"type":"message.phone.received","data":{"message_id":"1","contact":"+3725","content":"c2VjcmV0",
                 "encrypted":true}}""")));
        assertThat(messages().get(0).at("/flags/unparsed").asBoolean()).isTrue();
        isReceipt(send(path, Call.json("""
                {"type":"message.phone.received","data":{"message_id":"2","contact":"+3725","content":"Look",
                 "attachments":["https://api.httpsms.com/a/1",{"name":"b.png","content_type":"image/png"}]}}""")));
        assertThat(messages().get(0).at("/flags/mms").asBoolean()).isTrue();
        assertThat(messages().get(0).at("/asSent/attachments").toString())
                .isEqualTo("[{\"url\":\"https://api.httpsms.com/a/1\"},"
                        + "{\"contentType\":\"image/png\",\"name\":\"b.png\"}]");
    }

    @Test
    void itsEventsTellWhatBecameOfAnSmsByEitherId() {
        try (Receiver httpSms = new Receiver()
                .answering(got -> Receiver.Answer.of(200, "{\"status\":\"success\",\"data\":{\"id\":\"m-77\"}}"))) {
            Api.Reply paired = pair(",\"transport\":" + transport(httpSms));
            String sms = outgoing(paired);
            eventually(() -> assertThat(statusOf(sms)).isEqualTo("sent"));
            isReceipt(send(
                    pathOf(paired), Call.json("{\"type\":\"message.phone.delivered\",\"data\":{\"id\":\"m-77\"}}")));
            assertThat(statusOf(sms)).isEqualTo("delivered");
            String failed = outgoing(pair(",\"outbox\":true"));
            isReceipt(send(
                    pathOf(paired),
                    Call.json("{\"type\":\"message.send.failed\",\"data\":{\"id\":\"m-78\",\"request_id\":\"" + failed
                            + "\"}}")));
            assertThat(statusOf(failed)).as("of another device").isEqualTo("queued");
        }
    }

    @Test
    void anSmsThatItsPhoneMissesIsNotGivenUpBeforeHttpSmsDoesAndMayBeSentAllTheSame() {
        try (Receiver httpSms = new Receiver()
                .answering(got -> Receiver.Answer.of(200, "{\"status\":\"success\",\"data\":{\"id\":\"m-79\"}}"))) {
            Api.Reply paired = pair(",\"transport\":" + transport(httpSms));
            String sms = outgoing(paired);
            eventually(() -> assertThat(statusOf(sms)).isEqualTo("sent"));
            String expired = "{\"type\":\"message.send.expired\",\"data\":{\"message_id\":\"m-79\",\"is_final\":%s}}";
            isReceipt(send(pathOf(paired), Call.json(expired.formatted("false"))));
            assertThat(statusOf(sms)).isEqualTo("sent");
            isReceipt(send(pathOf(paired), Call.json(expired.formatted("true"))));
            assertThat(statusOf(sms)).isEqualTo("failed");
            isReceipt(send(
                    pathOf(paired), Call.json("{\"type\":\"message.phone.delivered\",\"data\":{\"id\":\"m-79\"}}")));
            assertThat(statusOf(sms)).isEqualTo("delivered");
        }
    }
}
