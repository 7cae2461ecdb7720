package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/** What the packaged jar leaves in its data directory, and does on a disk that takes nothing. */
class DataDirectoryIT {

    @TempDir
    Path data;

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

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
            String patient = "\"redelivery\":{\"timeout\":\"PT30S\"}"; // the first calls of a JVM take long
            String target = "\"%s\",\"secret\":\"%s\",%s}".formatted(receiver.url("/x"), secret, patient);
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
                                "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/y") + "\"," + patient
                                        + ",\"http\":" + http + "}")
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
            eventually(() -> phone.as(null).get("/actuator/health").expect(200));
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
