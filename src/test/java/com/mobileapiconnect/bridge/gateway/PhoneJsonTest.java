package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bodies that are read at the same time share buffers and nothing else. */
class PhoneJsonTest {

    private static final int MANY = 20_000;

    @Test
    void bodiesThatAreReadAtTheSameTimeHaveEachItsOwnText() {
        assertThat(IntStream.range(0, MANY)
                        .parallel()
                        .filter(n -> !text(n).equals(read(text(n))))
                        .toArray())
                .isEmpty();
    }

    /** Returns a text of its own, some longer than a buffer is at first. */
    private static String text(int n) {
        return (n + "\n").repeat(n % 100 == 0 ? 3_000 : 20);
    }

    private static String read(String text) {
        String json = "{\"text\":\"" + text.replace("\n", "\\n") + "\"}";
        try {
            return PhoneJson.object(json.getBytes(StandardCharsets.UTF_8), PhoneJsonTest::onlyValue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String onlyValue(JsonParser object) throws IOException {
        object.nextToken();
        object.nextToken();
        String value = object.getText();
        object.nextToken();
        return value;
    }
}
