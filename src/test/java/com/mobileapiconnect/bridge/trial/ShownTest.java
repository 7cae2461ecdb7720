package com.mobileapiconnect.bridge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trial shows of an exchange. */
class ShownTest {

    private final Shown shown = new Shown(List.of("correct horse", "abc"));

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "x-api-key",
                "apikey",
                "db.password",
                "clientSecret",
                "Set-Cookie"
            })
    void aValueWhoseNameSaysThatItIsSecretIsHidden(String name) {
        Exchange exchange = exchange();
        exchange.setProperty(name, "visible");
        exchange.getMessage().setHeader(name, "visible");
        assertThat(shown.properties(exchange)).containsEntry(name, "…");
        assertThat(shown.headers(exchange)).containsEntry(name, "…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the correct horse runs | the … runs",
                "abc is too short | abc is too short",
                "Bearer eyJhbGciOi.x.y | …",
                "key whsec_MDEyMzQ1Njc4OWFi and on | key … and on",
                "sk_live_0123456789abcdef | …",
            })
    void whatLooksLikeASecretIsHiddenInBodies(String body, String seen) {
        assertThat(shown.body(body)).isEqualTo(seen);
    }

    @Test
    void aSecretInAMapIsHidden() {
        assertThat(shown.body(Map.of("X-Key", new Redacted("hunter2"))))
                .contains("X-Key")
                .doesNotContain("hunter2");
    }

    @Test
    void aPasswordInAUriIsHidden() {
        assertThat(shown.uri("sftp://me:hunter2@host/dir?password=hunter3&x=1"))
                .doesNotContain("hunter2")
                .doesNotContain("hunter3")
                .contains("x=1");
    }

    @Test
    void everythingIsBounded() {
        Exchange exchange = exchange();
        IntStream.range(0, 100).forEach(i -> exchange.setProperty("p" + i, "x".repeat(10_000)));
        Map<String, String> properties = shown.properties(exchange);
        assertThat(properties).hasSize(Shown.MOST_VALUES);
        assertThat(properties.values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(Shown.LONGEST_VALUE));
        assertThat(shown.body("x".repeat(1 << 20)))
                .hasSizeLessThanOrEqualTo(Shown.LONGEST_BODY)
                .endsWith("…");
        assertThat(shown.body("x".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasSizeLessThanOrEqualTo(Shown.LONGEST_BODY);
    }

    @Test
    void bodiesAreShownAsWhatTheyAre() {
        assertThat(shown.body(null)).isNull();
        assertThat(shown.body(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        assertThat(shown.body(List.of("a", "b"))).isEqualTo("[\"a\",\"b\"]");
        assertThat(shown.body("a\u0000b\ud800")).doesNotContain("\ud800");
    }
}
