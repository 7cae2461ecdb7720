package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownRequestTest {

    @Test
    void whatASmsSaysIsNoCommandOfTheShellThatTheRequestIsPastedInto() throws Exception {
        String body = "{\"text\":\"it's $(touch /tmp/x) `id` \\\\ \\\"!\\\"\"}";
        Map<String, String> headers = new LinkedHashMap<>(Map.of("X-A", "b'; touch /tmp/y; '"));
        String curl = new ShownRequest("POST", "https://erp.example.com/a?b='c'", headers, body).curl();

        Process shell = new ProcessBuilder("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + curl).start();
        String seen = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(seen)
                .isEqualTo(String.join(
                        "\n",
                        "-X",
                        "POST",
                        "https://erp.example.com/a?b='c'",
                        "-H",
                        "X-A: b'; touch /tmp/y; '",
                        "--data-raw",
                        body,
                        ""));
    }
}
