package com.mobileapiconnect.bridge.server;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come late, in pieces, too slowly or never: each harms its own request alone. */
class SlowBodiesTest {

    private static final int THREADS = 4;
    private static final String SMS = "{\"from\":\"1\",\"text\":\"slow\"}";

    @TempDir
    static Path data;

    static RunningBridge bridge;
    static String token;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(
                data,
                "server.tomcat.threads.max=" + THREADS,
                "bridge.request.patience=PT1S",
                "bridge.request.memory=400KB");
        token = bridge.tenant()
                .post("/v1/devices", "{\"name\":\"d\"}")
                .expect(201)
                .at("/token");
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    /** A request whose body is sent by and by. */
    private static final class Sending implements AutoCloseable {
        private final Socket socket;

        Sending(String method, String path, String headers) throws IOException {
            socket = new Socket("127.0.0.1", bridge.port());
            socket.setSoTimeout(60_000);
            send(method + " " + path + " HTTP/1.1\r\nHost: bridge\r\n" + headers + "\r\n");
        }

        static Sending sms(String key, int length) throws IOException {
            return new Sending(
                    "POST",
                    "/v1/inbound",
                    "Authorization: Bearer " + key + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n");
        }

        /** A part more, if the bridge still takes it: what it has answered is told by {@link #answer}. */
        Sending send(String part) throws IOException {
            try {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            } catch (SocketException ended) {
                // too late
            }
            return this;
        }

        /** All of it: the bridge closes the connection. What came after the end may have cost the answer. */
        String answer() throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // there is no more
            }
            return answer.toString(StandardCharsets.UTF_8);
        }

        boolean answered() throws IOException {
            return socket.getInputStream().available() > 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void manyThatNeverComeKeepNobodyElseOut() throws IOException {
        List<Sending> held = new ArrayList<>();
        for (int i = 0; i < 10 * THREADS; i++) {
            held.add(Sending.sms("nobody-knows-it", SMS.length()).send("{"));
        }
        bridge.tenant().get("/v1/devices").expect(200);
        eventually(() -> bridge.tenant().as(token).post("/v1/inbound", SMS).expect(202));
        for (Sending each : held) {
            each.close();
        }
    }

    /** Here, and wherever something is to arrive in time: a busy machine may be too slow, and then it is sent again. */
    @Test
    void aBodyInPiecesIsTakenAsOne() {
        eventually(SlowBodiesTest::smsInPieces);
    }

    private static void smsInPieces() throws IOException {
        try (Sending sms = Sending.sms(token, SMS.length())) {
            for (String part : SMS.split("(?<=,)")) {
                sms.send(part);
            }
            assertThat(sms.answer()).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void aBodyInChunksThatAreCutAnywhereIsTakenAsOne() {
        eventually(SlowBodiesTest::smsInChunks);
    }

    private static void smsInChunks() throws IOException {
        String chunks = "5\r\n" + SMS.substring(0, 5) + "\r\n" + Integer.toHexString(SMS.length() - 5) + "\r\n"
                + SMS.substring(5) + "\r\n0\r\n\r\n";
        try (Sending sms = new Sending(
                "POST",
                "/v1/inbound",
                "Authorization: Bearer " + token + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n")) {
            for (int i = 0; i < chunks.length(); i++) {
                sms.send(chunks.substring(i, i + 1));
            }
            assertThat(sms.answer()).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void oneThatStopsIsAnsweredWhenItsTimeIsOver() throws IOException {
        try (Sending sms = Sending.sms(token, SMS.length()).send("{")) {
            assertThat(sms.answer()).startsWith("HTTP/1.1 503").contains("Retry-After", "too slowly");
        }
    }

    @Test
    void oneThatDripsIsAnsweredWhenItsTimeIsOver() throws IOException {
        try (Sending sms = Sending.sms(token, 1_000_000)) {
            eventually(() -> {
                sms.send(" ");
                assertThat(sms.answered()).isTrue();
            });
            String answer = sms.answer();
            if (!answer.isEmpty()) { // otherwise the last drop came after the end
                assertThat(answer).startsWith("HTTP/1.1 503").contains("too slowly");
            }
        }
    }

    @Test
    void withoutAKeyItIsNotItsSlownessThatIsTold() throws IOException {
        try (Sending sms = Sending.sms("nobody-knows-it", SMS.length()).send("{")) {
            assertThat(sms.answer()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void metricsNeedTheirKeyHoweverTheRequestCame() throws IOException {
        try (Sending late = new Sending(
                "GET", "/actuator/prometheus", "Connection: close\r\nContent-Length: " + SMS.length() + "\r\n")) {
            assertThat(late.send(SMS).answer()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void whatArrivesTogetherIsBoundedAndGoesOnWhenThereIsRoom() throws IOException {
        String large = "{\"from\":\"1\",\"text\":\"" + " ".repeat(150_000) + "\"}";
        String rest = large.substring(140_000);
        eventually(() -> {
            try (Sending first = Sending.sms(token, large.length()).send(large.substring(0, 140_000))) {
                eventually(() ->
                        assertThat(another(large)).startsWith("HTTP/1.1 503").contains("Too many"));
                smsInPieces(); // those have their own half
                assertThat(first.send(rest).answer()).startsWith("HTTP/1.1 202");
            }
        });
        eventually(() -> assertThat(another(large)).startsWith("HTTP/1.1 202"));
    }

    private static String another(String body) throws IOException {
        try (Sending sms = Sending.sms(token, body.length())) {
            return sms.send(body).answer();
        }
    }
}
