package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            assertThat(second.output()).contains("data in " + data).doesNotContain("sk_live_", "sk_operator_");
            new Api(second.url(), key).get("/v1/devices").expect(200);
        }
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
        try (BridgeProcess bridge = BridgeProcess.start(JAVA, data)) {
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
                    {"auth":{"type":"oauth2","tokenUrl":"%s","clientId":"c","clientSecret":"planted-client-secret"}}"""
                            .formatted(receiver.url("/token")),
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
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain(planted)
                        .doesNotContain(token);
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
                .contains("not the one")
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
            assertThat(bridge.output()).contains("Master key exchanged: 1 secrets").doesNotContain(old);
        }
        assertThat(Files.readString(data.resolve("master.key")).strip()).isNotEqualTo(old);
        BridgeProcess back = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY", old));
        assertThat(back.awaitEnd()).isNotZero();
        assertThat(back.output()).contains("is not the one this store was made with").doesNotContain(old);
        receiver.close();
    }

    @Test
    void aProxySettingThatCannotBeUsedIsRefusedInClearWordsWithoutItsPassword() {
        BridgeProcess bad = BridgeProcess.launch(
                JAVA, data, Map.of("BRIDGE_DELIVERY_PROXY", "https://u:planted-proxy-password@proxy:3128"));
        assertThat(bad.awaitEnd()).isNotZero();
        assertThat(bad.output())
                .contains("bridge.delivery.proxy must be http://host:port or socks5://host:port")
                .doesNotContain("planted-proxy-password", "\tat ");
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void killedInTheMiddleItStillDeliversEverythingItAcknowledged(Path java) throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean up = new AtomicBoolean();
        Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(up.get() ? 200 : 503));
        String token = null;
        for (int round = 0; round < 3; round++) {
            BridgeProcess bridge = BridgeProcess.start(java, data);
            if (token == null) {
                bridge.tenant()
                        .post(
                                "/v1/connections",
                                "{\"name\":\"c\",\"outboundUrl\":\"" + receiver.url("/c")
                                        + "\",\"redelivery\":{\"initialDelay\":\"PT1S\",\"multiplier\":1}}")
                        .expect(201);
                token = bridge.tenant()
                        .post("/v1/devices", "{\"name\":\"d\",\"number\":\"1\"}")
                        .at("/token");
            }
            up.set(round == 1);
            send(bridge.tenant().as(token), "r" + round, acknowledged, 300 * (round + 1), bridge);
        }
        up.set(true);
        try (BridgeProcess last = BridgeProcess.start(java, data)) {
            within(60, () -> assertThat(arrived(receiver)).containsAll(acknowledged));
            assertThat(last.tenant().get("/v1/deliveries?status=failed").json().get("data"))
                    .isEmpty();
        }
        Map<String, Set<String>> deliveriesOfMessage = receiver.requests().stream()
                .collect(Collectors.groupingBy(
                        got -> got.header("X-MAC-Message"),
                        Collectors.mapping(got -> got.header("X-MAC-Delivery"), Collectors.toSet())));
        assertThat(deliveriesOfMessage.values())
                .allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(acknowledged).hasSizeGreaterThan(500);
        receiver.close();
    }

    /** From several phones' threads, until so many are acknowledged; then the bridge is killed under them. */
    private static void send(Api phone, String run, Set<String> acknowledged, int until, BridgeProcess bridge)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicBoolean killed = new AtomicBoolean();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.execute(() -> {
                for (int i = 0; !killed.get(); i++) {
                    try {
                        Api.Reply reply = phone.post(
                                "/v1/inbound",
                                "{\"id\":\"%s-%d-%d\",\"from\":\"1\",\"text\":\"t\"}".formatted(run, thread, i));
                        if (reply.status() == 202) {
                            acknowledged.add(reply.at("/messages/0/id"));
                        }
                    } catch (RuntimeException connectionBroke) {
                        return;
                    }
                }
            });
        }
        within(60, () -> assertThat(acknowledged).hasSizeGreaterThan(until));
        bridge.kill();
        killed.set(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static Set<String> arrived(Receiver receiver) {
        return receiver.requests().stream()
                .map((Got got) -> got.header("X-MAC-Message"))
                .collect(Collectors.toSet());
    }

    private static Api phone(BridgeProcess bridge) {
        return bridge.tenant()
                .as(bridge.tenant()
                        .post("/v1/devices", "{\"name\":\"d\"}")
                        .expect(201)
                        .at("/token"));
    }
}
