package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged jar, on every Java there is. */
class ProcessIT {

    @TempDir
    Path data;

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    static Stream<Path> javaHomes() {
        return BridgeProcess.javaHomes();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void theFirstStartPrintsKeysThatWorkAndTheSecondOneQuietLine(Path java) throws Exception {
        String key;
        try (BridgeProcess first = BridgeProcess.launch(java, data, Map.of()).awaitReady()) {
            String output = first.output();
            key = output.replaceAll("(?s).*API key +(sk_live_[\\w-]+).*", "$1");
            assertThat(output).contains("sk_operator_").contains("/v1/inbound");
            new Api(first.url(), key).get("/v1/devices").expect(200);
            assertThat(new Api(first.url(), null)
                            .get("/actuator/health")
                            .expect(200)
                            .text())
                    .isEqualTo("{\"status\":\"UP\"}");
        }
        try (BridgeProcess second = BridgeProcess.launch(java, data, Map.of()).awaitReady()) {
            assertThat(second.output()).contains("SQLite in " + data).doesNotContain("sk_live_", "sk_operator_");
            new Api(second.url(), key).get("/v1/devices").expect(200);
        }
    }

    /** JSON for machines on standard output, without a line of anything else, whatever probes ask for meanwhile. */
    @ParameterizedTest
    @MethodSource("javaHomes")
    void itsLogIsJsonWhenThatIsAskedForAndProbesDuringTheStartAreNoWarnings(Path java) throws Exception {
        int port = Ports.free();
        BridgeProcess bridge = BridgeProcess.launch(
                java,
                data,
                Map.of(
                        "SERVER_PORT",
                        Integer.toString(port),
                        "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                        "ecs",
                        "BRIDGE_BOOTSTRAP_API_KEY",
                        RunningBridge.TENANT_KEY,
                        "BRIDGE_OPERATOR_KEY",
                        RunningBridge.OPERATOR_KEY));
        try (bridge) {
            within(300, () -> {
                List.of("/actuator/health", "/", "/favicon.ico", "/v1/devices").forEach(path -> probe(port, path));
                assertThat(bridge.isReady()).isTrue();
            });
            probe(port, "/favicon.ico");
        }
        assertThat(bridge.output().lines()).isNotEmpty().allSatisfy(line -> {
            JsonNode event = new JsonMapper().readTree(line);
            assertThat(event.has("@timestamp")).isTrue();
            assertThat(event.at("/log/level").asText()).as(line).isEqualTo("INFO");
        });
        assertThat(bridge.output())
                .contains("Database: SQLite in " + data, "Routes: ", "Retention: messages P90D", "Networks that may be")
                .doesNotContain(RunningBridge.TENANT_KEY, RunningBridge.OPERATOR_KEY);
    }

    /** The answer does not matter, nor whether there is one. */
    private static void probe(int port, String path) {
        try {
            HttpURLConnection call = (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
            call.setConnectTimeout(1_000);
            call.setReadTimeout(5_000);
            call.getResponseCode();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void howeverOftenItIsKilledItLeavesNoMoreThanOneLibraryBehind(@TempDir Path temporary) throws Exception {
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        BridgeProcess.launch(JAVA, data, environment).awaitReady().kill();
        try (BridgeProcess bridge =
                BridgeProcess.launch(JAVA, data, environment).awaitReady()) {
            bridge.kill();
        }
        assertThat(data.resolve("native"))
                .isDirectoryContaining("glob:**libsqlitejdbc*")
                .satisfies(left -> assertThat(left.toFile().list()).hasSizeLessThanOrEqualTo(2)); // and its lock
        assertThat(temporary).isDirectoryNotContaining("glob:**libsqlitejdbc*");
    }

    @Test
    void aCallThatHangsIsCutAtTheStopAndMadeAgainAfterTheNextStart() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Receiver receiver = new Receiver().answering(got -> {
            hung.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Receiver.Answer.of(200);
        });
        long stopped;
        BridgeProcess first = BridgeProcess.start(JAVA, data);
        first.tenant()
                .post(
                        "/v1/connections",
                        "{\"name\":\"c\",\"outboundUrl\":\"%s\",\"redelivery\":{\"timeout\":\"PT30S\"}}"
                                .formatted(receiver.url("/c")))
                .expect(201);
        phone(first).post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        hung.await();
        // A phone that keeps its connection open, idle, and one whose request never ends.
        try (Socket idle = new Socket("127.0.0.1", URI.create(first.url()).getPort());
                Socket endless = new Socket("127.0.0.1", URI.create(first.url()).getPort())) {
            idle.getOutputStream().write("GET /actuator/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            endless.getOutputStream()
                    .write(
                            "PUT /v1/webhooks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\n{"
                                    .formatted(RunningBridge.TENANT_KEY)
                                    .getBytes(US_ASCII));
            long begun = System.nanoTime();
            first.close();
            stopped = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        }
        // Ten seconds on a machine that is not busy; the connection that is idle would be kept for sixty.
        assertThat(stopped).isLessThan(55);
        assertThat(first.output()).contains("1 calls were cut");
        receiver.answering(200);
        release.countDown();
        try (BridgeProcess second = BridgeProcess.start(JAVA, data)) {
            within(60, () -> assertThat(receiver.requests()).hasSize(2));
            assertThat(receiver.requests().get(1).header("X-MAC-Delivery"))
                    .isEqualTo(receiver.requests().get(0).header("X-MAC-Delivery"));
            eventually(() -> assertThat(
                            second.tenant().get("/v1/deliveries").json().at("/data/0/attempts"))
                    .hasSize(1));
        }
        receiver.close();
    }

    private static Api phone(BridgeProcess bridge) {
        return bridge.tenant()
                .as(bridge.tenant()
                        .post("/v1/devices", "{\"name\":\"d\"}")
                        .expect(201)
                        .at("/token"));
    }
}
