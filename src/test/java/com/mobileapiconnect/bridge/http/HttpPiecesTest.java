package com.mobileapiconnect.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpPiecesTest {

    @Test
    void basicCredentialsAreThoseOfTheRfc() {
        // RFC 7617, section 2 and 2.1
        assertThat(BasicCredentials.header("Aladdin", "open sesame")).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(BasicCredentials.header("test", "123£")).isEqualTo("Basic dGVzdDoxMjPCow==");
    }

    @Test
    void aFormKeepsItsOrderAndNoValueEndsAField() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("text", "a&b=c d+é");
        fields.put("To", "+91");

        assertThat(Form.encode(fields)).isEqualTo("text=a%26b%3Dc+d%2B%C3%A9&To=%2B91");
    }
}
