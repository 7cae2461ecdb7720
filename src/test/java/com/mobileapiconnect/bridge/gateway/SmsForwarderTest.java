package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SmsForwarderTest extends GatewayContract {

    private static final String SIGN = "TPB1wswDJTgrI3iuPlnOb5KrQjbP0QDUEC6CoWuHyaE=";

    @Override
    String adapter() {
        return "sms-forwarder";
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
        return SpokenBy.smsForwarder(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        String timestamp = call.text().replaceAll(".*timestamp=([0-9]+).*", "$1");
        byte[] signed = (timestamp + "\n" + key).getBytes(StandardCharsets.UTF_8);
        String sign = Base64.getEncoder().encodeToString(Hmac.sha256(new Redacted(key), signed));
        return Call.post(Form.CONTENT_TYPE, call.text() + "&sign=" + Form.encode(Form.encode(sign)));
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void theTemplateIsTakenApartOnlyWhereTheDeviceSaysSo() {
        String sample = """
                {"sign":"%s","from":"+1650","content":"+1650\\nHello\\nSIM1_x\\n2022-11-03 23:08:20\\ndev",
                 "timestamp":"1667489374043"}""".formatted(SIGN.replace("=", "%3D"));
        String plain = pathOf(pair(",\"signingKey\":\"secret\""));
        isReceipt(send(plain, Call.json(sample)));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("+1650\nHello\nSIM1_x\n2022-11-03 23:08:20\ndev");
        String template = pathOf(pair(",\"template\":true,\"zone\":\"+08:00\",\"sims\":{\"1\":\"911234500001\"}"));
        isReceipt(send(template, Call.json(sample)));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("Hello");
        assertThat(messages().get(0).get("from").asText()).isEqualTo("+1650");
        assertThat(messages().get(0).get("to").asText()).isEqualTo("911234500001");
        assertThat(messages().get(0).get("receivedAt").asText()).isEqualTo("2022-11-03T15:08:20.000Z");
        isReceipt(send(template, Call.json(sample.replace("Hello", "Hello\\n\\nSIM2_y\\n"))));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("Hello\n\nSIM2_y\n");
        isReceipt(send(template, Call.json("{\"from\":\"+1650\",\"content\":\"Hello\",\"timestamp\":\"1\"}")));
        assertThat(messages().get(0).at("/flags/unparsed").asBoolean()).isTrue();
    }

    @Test
    void valuesMayBeEscapedTwice() {
        String path = pathOf(pair(""));
        isReceipt(send(
                path, Call.post(Form.CONTENT_TYPE, "from=%252B1650&content=50%2525%2Boff&timestamp=1667489374043")));
        assertThat(messages().get(0).get("from").asText()).isEqualTo("+1650");
        assertThat(messages().get(0).get("text").asText()).isEqualTo("50% off");
        isReceipt(send(
                path,
                Call.post(Form.CONTENT_TYPE, "from=1650&content=Gr%25C3%25BC%25C3%259Fe&timestamp=1667489374044")));
        assertThat(messages().get(0).get("text").asText()).isEqualTo("Grüße");
        isReceipt(send(
                path, Call.post(Form.CONTENT_TYPE, "from=M%25C3%25BCller%2B2&content=Hi&timestamp=1667489374046")));
        assertThat(messages().get(0).get("from").asText()).isEqualTo("Müller 2");
        isReceipt(send(path, Call.post(Form.CONTENT_TYPE, "from=%2B1650&content=50%2525&timestamp=1667489374045")));
        assertThat(messages().get(0).get("text").asText()).as("once").isEqualTo("50%25");
    }

    @Test
    void equalTextsInDifferentSecondsAreTwoMessages() {
        String path = pathOf(pair(""));
        for (String timestamp : new String[] {"1667489374043", "1667489374943", "1667489375043"}) {
            isReceipt(send(path, Call.post(Form.CONTENT_TYPE, "from=1650&content=ping&timestamp=" + timestamp)));
        }
        assertThat(messages()).hasSize(2);
    }
}
