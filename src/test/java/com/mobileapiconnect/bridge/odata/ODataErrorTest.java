package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ODataErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'error':{'code':'SQLITE_CONSTRAINT','message':'UNIQUE failed'}} | SQLITE_CONSTRAINT | SQLITE_CONSTRAINT: UNIQUE failed",
                "{'error':{'code':'400','message':'Not good','target':'text'}} | 400 | 400: Not good (text)",
                "{'error':{'code':'-5002','message':{'lang':'en','value':'No such item'}}} | -5002 | -5002: No such item",
                "{'error':{'message':'Two','details':[{'code':'A','message':'one'},{'code':'B','message':'two','target':'x'}]}} | | Two; A: one; B: two (x)",
                "{'error':{'message':''}} | |",
                "<html><head><title>Service Unavailable</title></head><body><p>x</p></body></html> | | Service Unavailable x",
                "CSRF token validation failed | | CSRF token validation failed",
                "~~ | |"
            })
    void theWordsOfTheServiceAreFound(String body, String code, String words) {
        ODataError error = ODataError.of(body == null ? "" : body.replace('\'', '"'));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.words()).isEqualTo(words);
    }

    @Test
    void noValueOfTheMessageStaysInTheWords() {
        ODataError error = ODataError.of(
                        "{\"error\":{\"code\":\"ASSERT_DATA_TYPE\",\"message\":\"Value 'my PIN is 1234' is not a valid Integer, nor is my PIN is 1234\"}}")
                .without(JsonNodeFactory.instance
                        .objectNode()
                        .put("n", " my PIN\n is 1234 ")
                        .put("a", "is"));
        assertThat(error.words()).isEqualTo("ASSERT_DATA_TYPE: Value '…' is not a valid Integer, nor is …");
    }
}
