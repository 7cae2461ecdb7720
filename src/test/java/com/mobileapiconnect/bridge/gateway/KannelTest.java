package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class KannelTest extends GatewayContract {

    @Override
    String adapter() {
        return "kannel";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.kannel(sms, unknownField);
    }

    @Override
    @Nullable Call signed(Call call, String url, String key) {
        return null;
    }

    /** The body of a 200 would become an SMS to the customer. */
    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
    }

    @Override
    String transport(Receiver gateway) {
        return """
                {"type":"kannel","url":"%s","username":"u","password":"hush-hush","from":"ACME",
                 "reportUrl":"https://bridge.example.com/hush-hush"}""".formatted(gateway.url("/cgi-bin/sendsms"));
    }

    @Override
    void isPushed(Receiver.Got got, String id, String text) {
        assertThat(got.method()).isEqualTo("GET");
        assertThat(got.path()).contains("%F0%9F%98%80");
        assertThat(URLDecoder.decode(got.path(), StandardCharsets.UTF_8))
                .isEqualTo("/cgi-bin/sendsms?username=u&password=hush-hush&from=ACME&to=919876543210&text=" + text
                        + "&coding=2&charset=UTF-8&dlr-mask=27&dlr-url=https://bridge.example.com/hush-hush?sms=" + id
                        + "&dlr=%d&answer=%A");
    }

    @Test
    void aTextIsReadInTheCharsetThatItComesIn() {
        String path = pathOf(pair(""));
        String text = "Grüße \uD83D\uDE00";
        String unicode = "%" + HexFormat.ofDelimiter("%").formatHex(text.getBytes(StandardCharsets.UTF_16BE));
        isReceipt(send(path, Call.get("from=1650&id=1&coding=2&charset=UTF-16BE&text=" + unicode)));
        isReceipt(send(path, Call.get("from=1650&id=2&coding=2&text=" + unicode)));
        isReceipt(send(path, Call.get("from=1650&id=3&charset=ISO-8859-1&text=Gr%FC%DFe")));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("Grüße", text, text);
        isReceipt(send(path, Call.get("from=1650&id=4&text=Gr%FC")));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("Grü");
        assertThat(messages().get(0).at("/flags/textReplaced").asBoolean()).isTrue();
        isReceipt(send(path, Call.get("from=1650&id=6&coding=0&charset=GSM&text=Hello")));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("Hello");
        assertThat(messages().get(0).get("flags")).isEmpty();
        isReceipt(send(path, Call.get("from=1650&id=7&coding=2&charset=UCS-2&text=" + unicode)));
        assertThat(messages().get(0).get("text").asText()).isEqualTo(text);
        isReceipt(send(path, Call.get("from=1650&id=5&coding=1&charset=8-BIT&text=%00%01")));
        assertThat(messages().get(0).at("/flags/unparsed").asBoolean()).isTrue();
    }

    @Test
    void aSigningKeyIsRefusedBecauseNothingWouldBeSignedWithIt() {
        assertThat(tenant().post("/v1/devices", "{\"name\":\"K\",\"adapter\":\"kannel\",\"signingKey\":\"secret\"}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("signingKey");
    }

    @Test
    void aDeliveryReportTellsWhatBecameOfAnSms() {
        Api.Reply paired = pair(",\"outbox\":true");
        String sms = outgoing(paired);
        isReceipt(send(pathOf(paired), Call.get("sms=" + sms + "&dlr=4")));
        assertThat(statusOf(sms)).isEqualTo("queued");
        isReceipt(send(pathOf(paired), Call.get("sms=" + sms + "&dlr=8")));
        assertThat(statusOf(sms)).isEqualTo("sent");
        isReceipt(send(pathOf(paired), Call.get("sms=" + sms + "&dlr=1&answer=")));
        isReceipt(send(pathOf(paired), Call.get("sms=" + sms + "&dlr=2&answer=NACK")));
        assertThat(statusOf(sms)).isEqualTo("delivered");
    }

    @Test
    void partsWithAHeaderOfTheirOwnAreJoined() {
        String path = pathOf(pair(""));
        String part = "from=%2B1650&to=911&coding=0&charset=UTF-8&id=";
        isReceipt(send(path, Call.get(part + "b&text=world&udh=%05%00%03%2A%02%02")));
        assertThat(messages()).isEmpty();
        isReceipt(send(path, Call.get(part + "a&text=Hello+&udh=%05%00%03%2A%02%01")));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("Hello world");
        isReceipt(send(path, Call.get(part + "d&text=two&udh=%06%08%04%01%2A%02%02")));
        isReceipt(send(path, Call.get(part + "c&text=one+&udh=%06%08%04%01%2A%02%01")));
        assertThat(messages()).extracting(m -> m.get("text").asText()).containsExactly("one two", "Hello world");
    }
}
