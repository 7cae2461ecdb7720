package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Maven;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's application in plain Camel Main, with the two Kamelets for such applications, started as its page says. */
class CamelExampleIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    /** The first call of a JVM that has just started takes long on a busy machine. */
    private static final String PATIENT = "\"redelivery\":{\"timeout\":\"PT30S\"}";

    private static final Pattern COMMAND = Pattern.compile("KEY=\\S+ PORT=\\S+ (mvn .+)");
    private static final Pattern NO_REGISTRY =
            Pattern.compile("Could not (find|transfer|resolve)|offline mode|ECONNREFUSED");

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static RunningBridge bridge;
    private static Process application;
    private static Path log;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        bridge = RunningBridge.start(data);
        port = Ports.free();
        for (String part : new String[] {"examples/camel", "connectors/camel"}) {
            copy(Path.of(part));
        }
        log = work.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(BridgeProcess.shell(command()))
                .directory(work.resolve("examples/camel").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SECRET", SECRET);
        environment.put("BRIDGE", bridge.url());
        environment.put("KEY", RunningBridge.TENANT_KEY);
        environment.put("PORT", Integer.toString(port));
        environment.putAll(Maven.environment());
        application = builder.start();
        within(600, () -> assertThat(printed().contains("(balance) started") || !application.isAlive())
                .isTrue());
        Assumptions.assumeTrue(
                application.isAlive() || !NO_REGISTRY.matcher(printed()).find(),
                "Skipped: the application's parts cannot be fetched");
        assertThat(application.isAlive()).as(printed()).isTrue();
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.descendants().forEach(ProcessHandle::destroy);
            application.destroy();
        }
        bridge.close();
    }

    @BeforeEach
    void withoutConnections() {
        bridge.tenant().deleteConnections();
    }

    private static String command() throws IOException {
        return COMMAND.matcher(Files.readString(Path.of("examples/camel/README.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static void copy(Path part) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(part.resolve("target")))
                    .toList()) {
                Path copy = work.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static String printed() throws IOException {
        return Files.readString(log);
    }

    private static JsonNode delivered(String message, String target) {
        String path = "/v1/deliveries?messageId=" + message + "&target=" + target;
        within(60, () -> assertThat(bridge.tenant().get(path).at("/data/0/status"))
                .isEqualTo("delivered"));
        return bridge.tenant().get(path).json().at("/data/0");
    }

    @Test
    void answersAnSmsOnceHoweverOftenItsDeliveryComesAndNoStranger() throws Exception {
        Api tenant = bridge.tenant();
        String url = "http://127.0.0.1:" + port + "/sms";
        String right = tenant.connection(url, "\"secret\":\"" + SECRET + "\"," + PATIENT);
        String wrong = tenant.connection(url, "\"secret\":\"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"," + PATIENT);
        String unsigned = tenant.connection(url, "\"secret\":null," + PATIENT);
        Api phone = bridge.phone();
        String message = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"Balance\"}")
                .expect(202)
                .at("/messages/0/id");
        JsonNode delivery = delivered(message, right);
        String outgoing = "/v1/outgoing?to=919876543210";
        within(20, () -> assertThat(tenant.get(outgoing).at("/data/0/text")).isEqualTo("Your balance is 12.50"));

        // a repeat of what was finished is answered and not handed over
        String id = delivery.path("id").asText();
        tenant.post("/v1/deliveries/" + id + "/retry").expect(202);
        within(30, () -> assertThat(tenant.get("/v1/deliveries/" + id).json().at("/attempts"))
                .hasSize(2)
                .allMatch(attempt -> attempt.path("outcome").asText().equals("success")));
        assertThat(printed().split("Delivery " + id, -1)).hasSize(2);
        assertThat(tenant.get(outgoing).json().get("data")).hasSize(1);

        for (String stranger : new String[] {wrong, unsigned}) {
            eventually(() -> assertThat(tenant.get("/v1/deliveries?target=" + stranger)
                            .json()
                            .findValuesAsText("httpStatus"))
                    .contains("401"));
        }
    }

    @Test
    void anotherSmsIsTakenAndNotAnswered() {
        String connection = bridge.tenant()
                .connection("http://127.0.0.1:" + port + "/sms", "\"secret\":\"" + SECRET + "\"," + PATIENT);
        String message = bridge.phone()
                .post("/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"${header.to} {{env:KEY}} \\\"}\"}")
                .expect(202)
                .at("/messages/0/id");
        delivered(message, connection);
        assertThat(bridge.tenant().get("/v1/outgoing?to=919876543211").json().get("data"))
                .isEmpty();
    }
}
