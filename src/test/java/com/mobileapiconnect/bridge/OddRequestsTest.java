package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that no client of the API makes: each gets a problem that says what to do, and nothing is logged. */
class OddRequestsTest {

    static RunningBridge bridge;

    /** Threads of the HTTP server: others log what they do in the background, those of other tests' bridges too. */
    private static final Pattern OF_REQUESTS = Pattern.compile("server|others|http-nio");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeAll
    static void start(@TempDir Path data) {
        bridge = RunningBridge.start(data);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void listen() {
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void nothingIsLogged() {
        root.detachAppender(lines);
        assertThat(lines.list)
                .filteredOn(line -> OF_REQUESTS.matcher(line.getThreadName()).lookingAt())
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    private static String ask(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", bridge.port())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/x/..;/y",
                "GET /v1/..;/actuator/prometheus",
                "GET /..;/actuator/prometheus",
                "GET /v1/devices/..;/keys",
                "GET /v1/x/..%3b/y",
                "GET /v1/x/%2e%2e;/y",
                "GET /v1/x/..%2fy",
                "GET /v1/x/..%5cy",
                "GET /v1/x/../../../y",
                "GET /v1//x;y=z//",
                "GET /v1/x%00y",
                "GET /v1/x%0d%0ay",
                "GET /v1/x/.;/y",
                "TRACE /v1/messages",
                "CONNECT 127.0.0.1:1",
                "PROPFIND /v1/messages"
            })
    void isAProblem(String line) throws IOException {
        assertThat(ask(line))
                .matches(answer -> answer.matches("(?s)HTTP/1\\.1 4\\d\\d .*"), "is 4xx")
                .containsIgnoringCase("content-type: application/problem+json")
                .doesNotContain("Exception", "bridge_messages_total");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS /v1/messages",
                "OPTIONS /v1/messages/msg_1",
                "OPTIONS /v1/inbound",
                "OPTIONS /v1/inbound/kannel/x",
                "OPTIONS /v1/openapi.json",
                "OPTIONS /actuator/health",
                "OPTIONS /actuator/prometheus",
                "OPTIONS /nowhere",
                "OPTIONS /"
            })
    void optionsSaysWhatToDo(String line) throws IOException {
        String answer = ask(line);
        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("/v1/openapi.json", "Allow: GET");
    }

    @Test
    void optionsOfTheServerItselfIsAnswered() throws IOException {
        assertThat(ask("OPTIONS *")).startsWith("HTTP/1.1 200").contains("Allow: GET");
    }
}
