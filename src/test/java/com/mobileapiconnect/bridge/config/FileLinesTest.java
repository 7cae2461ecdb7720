package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLinesTest {

    private static final String FILE = """
            # a comment
            version: 1
            webhook:
              url: x
              http:
                headers:
                  X-Key: a
                  X-Key.More: b
            connections:
              - name: A
                when:
                  all:
                    - field: text
                    - not:
                        field: from
              -
                name: &b B
                "outboundUrl": >-
                  a
                  b
            rules: [{name: *b,
              priority: 1}, {name: C}]
            """;

    @ParameterizedTest
    @CsvSource({
        "version, 2",
        "webhook, 3",
        "webhook.url, 4",
        "webhook.secret, 3",
        "webhook.http, 5",
        "webhook.http.auth.token, 5",
        "webhook.http.headers.X-Key, 7",
        "webhook.http.headers.X-Key.More, 8",
        "connections, 9",
        "connections[0], 10",
        "connections[0].name, 10",
        "connections[0].outboundUrl, 10",
        "connections[0].when, 11",
        "connections[0].when.all[0].field, 13",
        "connections[0].when.all[1].not, 14",
        "connections[0].when.all[1].not.field, 15",
        "connections[0].when.all[2], 12",
        "connections[1].name, 17",
        "connections[1].outboundUrl, 18",
        "connections[10].name, 9",
        "rules[0].name, 21",
        "rules[0].priority, 22",
        "rules[1].name, 22",
        "rule, 1",
        "nothing, 1",
    })
    void theLineIsThatOfTheDeepestPartOfThePath(String path, int line) {
        assertThat(FileLines.of(FILE.getBytes(StandardCharsets.UTF_8), path)).isEqualTo(line);
    }
}
