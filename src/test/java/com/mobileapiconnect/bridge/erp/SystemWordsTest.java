package com.mobileapiconnect.bridge.erp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SystemWordsTest {

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(
                        "{\"error\":{\"code\":\"400\",\"message\":\"Property \\\"nope\\\" does not exist in Sms\"}}",
                        "Property \"nope\" does not exist in Sms"),
                Arguments.of("{\"error\":{\"message\":{\"lang\":\"en\",\"value\":\"No such item\"}}}", "No such item"),
                Arguments.of(
                        "{\"error\":{\"code\":200,\"message\":\"Odoo Server Error\",\"data\":{\"name\":\"x\",\"debug\":\"Traceback (most recent call last):\\n...\",\"message\":\"Missing name\"}}}",
                        "Missing name"),
                Arguments.of(
                        "{\"exc_type\":\"ValidationError\",\"exc\":\"[\\\"Traceback (most recent call last):\\\\n File\\\"]\",\"_server_messages\":\"[\\\"{\\\\\\\"message\\\\\\\": \\\\\\\"<strong>Status</strong> is wrong\\\\\\\"}\\\"]\"}",
                        "Status is wrong"),
                Arguments.of(
                        "{\"error\":[\"UserError\",[\"The code must be unique.\",\"\",null]]}",
                        "UserError: The code must be unique."),
                Arguments.of("{\"detail\":\"Not here\",\"title\":\"Bad Request\"}", "Not here"),
                Arguments.of(
                        "<html><head><title>404 Not Found</title><style>p {}</style></head><body><h1>Not &amp; Found</h1></body></html>",
                        "404 Not Found Not & Found"),
                Arguments.of("Unauthorized", "Unauthorized"),
                Arguments.of("Bad value\nTraceback (most recent call last):\n  File \"x.py\", line 3", "Bad value"),
                Arguments.of("", null),
                Arguments.of("{}", null));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theWordsAreFoundWithoutTracebacksAndHtml(String body, String words) {
        assertThat(SystemWords.of(body)).isEqualTo(words);
    }

    @Test
    void aSystemCanSayWhereItsWordsAre() {
        assertThat(SystemWords.of("{\"message\":\"no\",\"why\":{\"text\":\"yes\"}}", "/why/text"))
                .isEqualTo("yes");
    }
}
