package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/** The packaged jar, on every Java there is. */
class ProcessIT {

    @TempDir
    Path data;

    static Stream<Path> javaHomes() {
        return BridgeProcess.javaHomes();
    }

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

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
        int port = freePort();
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
            while (bridge.isAlive() && !bridge.isReady()) {
                for (String path : List.of("/actuator/health", "/", "/favicon.ico", "/v1/devices")) {
                    probe(port, path);
                }
            }
            bridge.awaitReady();
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
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
    void aVariableThatIsNoSettingIsRefusedInALine() {
        BridgeProcess bad = BridgeProcess.launch(
                JAVA, data, Map.of("BRIDGE_RETENTION_MESSAGE", "P90D", "BRIDGE_SERVICE_HOST", "10.0.0.1"));
        assertThat(bad.awaitEnd()).isEqualTo(1);
        assertThat(bad.output().lines().filter(line -> !line.contains("ExitOnOutOfMemoryError")))
                .singleElement()
                .asString()
                .endsWith(
                        "ERP Bridge does not start. BRIDGE_RETENTION_MESSAGE is no setting of the bridge. Did you mean"
                                + " BRIDGE_RETENTION_MESSAGES? docs/configuration.md has all of them.");
    }

    @Test
    void aValueThatCannotBeIsRefusedUnderTheNameThatWasWritten() {
        BridgeProcess bad = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_OUTBOX_SWEEPEVERY", "30"));
        assertThat(bad.awaitEnd()).isEqualTo(1);
        assertThat(bad.output())
                .contains("BRIDGE_OUTBOX_SWEEPEVERY=30 has no unit")
                .doesNotContain("\tat ");
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
    void keysAndSecretsLieNowhereInTheClear() throws Exception {
        String secret = "planted-secret-0123456789";
        String signingKey = "planted-signing-key";
        Certificates.Issued client = new Certificates().client("planted");
        String clientKey = client.keyPem().lines().skip(1).findFirst().orElseThrow();
        List<String> planted = List.of(
                secret,
                signingKey,
                "planted-header",
                "planted-password",
                "planted-bearer",
                "planted-client-secret",
                "planted-access-token",
                RunningBridge.TENANT_KEY,
                RunningBridge.OPERATOR_KEY,
                clientKey);
        Receiver receiver = new Receiver()
                .answering(got -> got.path().equals("/token")
                        ? Receiver.Answer.of(200, "{\"access_token\":\"planted-access-token\"}")
                        : Receiver.Answer.of(200));
        String token;
        String output;
        Map<String, String> allLines = Map.of("LOGGING_LEVEL_BRIDGE_ATTEMPTS", "debug");
        try (BridgeProcess bridge = BridgeProcess.start(JAVA, data, allLines)) {
            token = bridge.tenant()
                    .post("/v1/devices", "{\"name\":\"d\",\"signingKey\":\"" + signingKey + "\"}")
                    .expect(201)
                    .at("/token");
            String target = "\"%s\",\"secret\":\"%s\"}".formatted(receiver.url("/x"), secret);
            bridge.tenant().put("/v1/webhooks", "{\"url\":" + target).expect(200);
            bridge.tenant()
                    .post("/v1/connections", "{\"name\":\"c\",\"outboundUrl\":" + target)
                    .expect(201);
            for (String http : List.of(
                    """
                    {"headers":{"X-Api-Key":"planted-header"},
                     "auth":{"type":"basic","username":"u","password":"planted-password"}}""",
                    "{\"auth\":{\"type\":\"bearer\",\"token\":\"planted-bearer\"}}",
                    """
                    {"auth":{"type":"oauth2","tokenUrl":"%s","clientId":"c","clientSecret":"planted-client-secret"}}""".formatted(receiver.url("/token")),
                    "{\"tls\":{\"clientCertificate\":%s,\"clientKey\":%s}}"
                            .formatted(TextNode.valueOf(client.certificatePem()), TextNode.valueOf(client.keyPem())))) {
                String made = bridge.tenant()
                        .post(
                                "/v1/connections",
                                "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/y") + "\",\"http\":" + http + "}")
                        .expect(201)
                        .text();
                assertThat(made).doesNotContain(planted);
            }
            // A test's answer is one of the API's too.
            for (JsonNode connection :
                    bridge.tenant().get("/v1/connections").json().get("data")) {
                assertThat(bridge.tenant()
                                .post("/v1/connections/" + connection.get("id").asText() + "/test")
                                .expect(200)
                                .text())
                        .contains("success")
                        .doesNotContain(planted);
            }
            phone(bridge)
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"planted-sms-text\"}")
                    .expect(202);
            eventually(() -> assertThat(receiver.requests("/y")).hasSize(8));
            for (String path : Set.of(
                    "/v1/webhooks",
                    "/v1/connections",
                    "/v1/devices",
                    "/v1/keys",
                    "/v1/audit",
                    "/v1/messages",
                    "/v1/deliveries")) {
                assertThat(bridge.tenant().get(path).expect(200).text())
                        .doesNotContain(planted)
                        .doesNotContain(token);
            }
            eventually(() -> assertThat(bridge.output()).contains("outcome=Delivered"));
            output = bridge.output();
        }
        assertThat(output).doesNotContain(planted).doesNotContain(token, "planted-sms-text");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(planted).doesNotContain(token);
            }
        }
        for (String name : Set.of("master.key", "bridge.db")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
        receiver.close();
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefusedInClearWords() {
        try (BridgeProcess first = BridgeProcess.start(JAVA, data)) {
            BridgeProcess second = BridgeProcess.launch(JAVA, data, Map.of());
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.output())
                    .contains("Another bridge is running on " + data)
                    .contains("BRIDGE_DATA_DIR")
                    .doesNotContain("\tat ");
            first.tenant().get("/v1/devices").expect(200);
        }
    }

    @Test
    void anotherMasterKeyIsRefusedInClearWords() {
        BridgeProcess.start(JAVA, data).close();
        BridgeProcess other =
                BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY", "not the one it was made with"));
        assertThat(other.awaitEnd()).isNotZero();
        assertThat(other.output())
                .contains("BRIDGE_MASTER_KEY")
                .contains("not the key of this store")
                .doesNotContain("\tat ");
    }

    @Test
    void theGeneratedMasterKeyIsExchangedByAStartThatIsToldIt() throws Exception {
        Receiver receiver = new Receiver();
        try (BridgeProcess bridge = BridgeProcess.start(JAVA, data)) {
            bridge.tenant()
                    .put("/v1/webhooks", "{\"url\":\"" + receiver.url("/x") + "\",\"secret\":\"0123456789abcdef\"}")
                    .expect(200);
        }
        String old = Files.readString(data.resolve("master.key")).strip();
        try (BridgeProcess bridge = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY_PREVIOUS", old))
                .awaitReady()) {
            bridge.tenant().post("/v1/webhooks/test").expect(200);
            assertThat(receiver.requests().get(0).header("X-MAC-Signature")).isNotEmpty();
            assertThat(bridge.output())
                    .contains("Master key exchanged: 1 secrets")
                    .doesNotContain(old);
        }
        assertThat(Files.readString(data.resolve("master.key")).strip()).isNotEqualTo(old);
        BridgeProcess back = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY", old));
        assertThat(back.awaitEnd()).isNotZero();
        assertThat(back.output()).contains("is not the key of this store").doesNotContain(old);
        receiver.close();
    }

    @Test
    void aProxySettingThatCannotBeUsedIsRefusedInClearWordsWithoutItsPassword() {
        BridgeProcess bad = BridgeProcess.launch(
                JAVA, data, Map.of("BRIDGE_DELIVERY_PROXY", "https://u:planted-proxy-password@proxy:3128"));
        assertThat(bad.awaitEnd()).isNotZero();
        assertThat(bad.output())
                .contains("BRIDGE_DELIVERY_PROXY must be http://host:port or socks5://host:port")
                .doesNotContain("planted-proxy-password", "\tat ");
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
        // Ten seconds on a machine that is not busy; the call alone would take thirty.
        assertThat(stopped).isLessThan(25);
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

    @Test
    void whileTheDiskTakesNothingItTakesNothingAndThenGoesOn() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/prlimit")), "prlimit is missing: install util-linux");
        AtomicBoolean well = new AtomicBoolean();
        Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(well.get() ? 200 : 503));
        try (BridgeProcess bridge = BridgeProcess.start(JAVA, data)) {
            bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"c\",\"outboundUrl\":\"%s\",\"redelivery\":%s}"
                                    .formatted(
                                            receiver.url("/c"),
                                            "{\"initialDelay\":\"PT0.2S\",\"multiplier\":1,\"maxAttempts\":1000}"))
                    .expect(201);
            Api phone = phone(bridge);
            String capture = "{\"id\":\"%s\",\"from\":\"1\",\"text\":\"t\"}";
            phone.post("/v1/inbound", capture.formatted("before")).expect(202);
            eventually(() -> assertThat(receiver.requests()).hasSizeGreaterThan(1));

            limitFiles(bridge, "1024:unlimited");
            // Whatever was under way is over when two in a row are refused.
            eventually(() -> refused(phone, capture.formatted("refused")));
            refused(phone, capture.formatted("refused"));
            int calls = receiver.requests().size();
            for (int i = 0; i < 20; i++) {
                refused(phone, capture.formatted("refused"));
            }
            phone.as(null).get("/actuator/health").expect(503);
            bridge.tenant().get("/v1/deliveries").expect(200);
            // An outcome that the disk did not take keeps its lane from calling again.
            assertThat(receiver.requests()).hasSizeLessThanOrEqualTo(calls + 1);

            well.set(true);
            limitFiles(bridge, "unlimited:unlimited");
            eventually(() ->
                    phone.post("/v1/inbound", capture.formatted("refused")).expect(202));
            within(60, () -> assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=delivered")
                            .json()
                            .get("data"))
                    .hasSize(2));
            phone.as(null).get("/actuator/health").expect(200);
        }
        receiver.close();
    }

    private static void refused(Api phone, String capture) {
        assertThat(phone.post("/v1/inbound", capture).expect(503).header("Retry-After"))
                .isNotEmpty();
    }

    /** How long any file of the process may become, soft and hard: to it that is a disk that is full. */
    private static void limitFiles(BridgeProcess bridge, String bytes) throws Exception {
        assertThat(new ProcessBuilder("prlimit", "--pid", Long.toString(bridge.pid()), "--fsize=" + bytes)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aDiskThatIsFullAtTheFirstStartIsSaidInClearWords() throws Exception {
        // SQLite's library is larger than the database: it must not be what finds no room.
        Path library = data.resolve("libsqlitejdbc.so");
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(
                "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/libsqlitejdbc.so")) {
            assumeTrue(packed != null, "this test takes SQLite's library for Linux");
            Files.copy(packed, library);
        }
        BridgeProcess bridge = BridgeProcess.launch(
                BridgeProcess.shell("ulimit -f 16; exec %s -Dorg.sqlite.lib.path=%s -Xmx192m -jar target/erp-bridge.jar"
                        .formatted(JAVA.resolve("bin/java"), data)),
                Path.of("").toAbsolutePath(),
                data,
                Map.of());
        assertThat(bridge.awaitEnd()).isNotZero();
        assertThat(bridge.output()).contains("Cannot open SQLite in " + data).doesNotContain("\tat ");
    }

    private static Api phone(BridgeProcess bridge) {
        return bridge.tenant()
                .as(bridge.tenant()
                        .post("/v1/devices", "{\"name\":\"d\"}")
                        .expect(201)
                        .at("/token"));
    }
}
