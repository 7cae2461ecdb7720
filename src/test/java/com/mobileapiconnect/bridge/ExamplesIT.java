package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example receivers, as an integrator starts them, against the bridge. */
class ExamplesIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Path RECEIVERS = Path.of("examples/receivers").toAbsolutePath();

    @TempDir
    static Path data;

    @TempDir
    Path work;

    static RunningBridge bridge;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(data);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @Test
    void pythonVerifiesWhatComes() throws Exception {
        needs("python3", "--version");
        verifies(List.of("python3", RECEIVERS.resolve("python/receiver.py").toString()), work);
    }

    @Test
    void nodeVerifiesWhatComes() throws Exception {
        needs("npm", "--version");
        for (String file : List.of("receiver.js", "package.json", "package-lock.json")) {
            Files.copy(RECEIVERS.resolve("node").resolve(file), work.resolve(file));
        }
        install();
        verifies(List.of("node", "receiver.js"), work);
    }

    private void install() throws Exception {
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("npm.log").toFile())
                .start();
        assertThat(install.waitFor(600, TimeUnit.SECONDS)).isTrue();
        assertThat(install.exitValue())
                .as(Files.readString(work.resolve("npm.log")))
                .isZero();
    }

    @Test
    void capVerifiesWhatComes() throws Exception {
        needs("npm", "--version");
        for (String file : List.of(
                "server.js", "package.json", "package-lock.json", "srv/sms-service.cds", "srv/sms-service.js")) {
            Files.createDirectories(work.resolve(file).getParent());
            Files.copy(RECEIVERS.resolve("cap").resolve(file), work.resolve(file));
        }
        install();
        verifies(List.of("npx", "--no-install", "cds-serve"), work);
    }

    @Test
    void goVerifiesWhatComes() throws Exception {
        needs("go", "version");
        verifies(List.of("go", "run", RECEIVERS.resolve("go/receiver.go").toString()), work);
    }

    @Test
    void rubyVerifiesWhatComes() throws Exception {
        needs("ruby", "--version");
        verifies(List.of("ruby", RECEIVERS.resolve("ruby/receiver.rb").toString()), work);
    }

    /** PHP's own server takes its port from the command line, and says so in its own words. */
    @Test
    void phpVerifiesWhatComes() throws Exception {
        needs("php", "--version");
        int port = Ports.free();
        Path output = work.resolve("out.log");
        List<String> command = List.of(
                "php",
                "-d",
                "enable_post_data_reading=0",
                "-S",
                "127.0.0.1:" + port,
                RECEIVERS.resolve("php/receiver.php").toString());
        Process receiver = receiver(command, work, port, output);
        try {
            within(30, () -> assertThat(Files.readString(output)).contains("started"));
            String id = send(port);
            assertThat(statusOf(id)).isEqualTo("delivered");
            eventually(
                    () -> assertThat(Files.readString(output)).contains("dlv_").contains("message.received"));
        } finally {
            receiver.destroy();
        }
    }

    @Test
    void javaVerifiesWhatComes() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int port = Ports.free();
        Path output = work.resolve("out.log");
        Process receiver = receiver(
                List.of(java.toString(), RECEIVERS.resolve("java/Receiver.java").toString()), work, port, output);
        try {
            eventually(() -> assertThat(Files.readString(output)).contains("listening"));
            String id = send(port);
            assertThat(statusOf(id)).isEqualTo("delivered");
        } finally {
            receiver.destroy();
        }
    }

    @Test
    void simulatedPhonesFindEverythingThatWasAcknowledged() throws Exception {
        Api tenant = bridge.newTenant().api();
        String key = tenant.post("/v1/keys").expect(201).at("/key");
        tenant.post("/v1/rules", """
                        {"name":"Balance","when":{"field":"text","op":"keyword","value":"balance"},
                         "then":[{"type":"reply","text":"It is 12"}]}""").expect(201);
        Path output = work.resolve("out.log");
        Process simulator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "examples/phone-simulator/PhoneSimulator.java",
                        "--url",
                        bridge.url(),
                        "--key",
                        key,
                        "--phones",
                        "4",
                        "--messages",
                        "60",
                        "--rate",
                        "50",
                        "--spell",
                        "0.5",
                        "--repeats",
                        "20")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(simulator.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(simulator.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("240 SMS captured, 240 acknowledged", "Nothing is missing.")
                .doesNotContain(" 0 backlogs", " 0 repeats", "; 0 replies");
        JsonNode sample = tenant.get("/v1/messages?limit=500").json().get("data");
        assertThat(sample).hasSize(240).anyMatch(message -> message.path("sim").asInt() == 2);
    }

    private void verifies(List<String> command, Path directory) throws Exception {
        int port = Ports.free();
        Path output = work.resolve("out.log");
        Process receiver = receiver(command, directory, port, output);
        try {
            within(300, () -> assertThat(Files.readString(output)).contains("listening"));
            String id = send(port);
            assertThat(statusOf(id)).isEqualTo("delivered");
            eventually(() -> assertThat(said(output)).isNotEmpty()); // some answer first, and print then
            JsonNode line = new ObjectMapper().readTree(said(output));
            assertThat(line.at("/message").asText()).isEqualTo(id);
            assertThat(line.at("/event/text").asText()).isEqualTo(Texts.UGLY + "\uFFFD");
        } finally {
            receiver.descendants().forEach(ProcessHandle::destroy);
            receiver.destroy();
        }
    }

    /** Returns the first line that is JSON, once it is whole; empty before. */
    private static String said(Path output) throws IOException {
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        return printed.substring(0, printed.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElse("");
    }

    private static Process receiver(List<String> command, Path directory, int port, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SECRET", SECRET);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SEEN_FILE", directory.resolve("seen.txt").toString());
        return builder.start();
    }

    /** One connection with the right secret, one with a wrong one; the text has a NUL at its end. */
    private static String send(int port) {
        for (JsonNode old : bridge.tenant().get("/v1/connections").json().get("data")) {
            bridge.tenant()
                    .delete("/v1/connections/" + old.get("id").asText() + "?discard=true")
                    .expect(202, 204);
        }
        String connection = "{\"name\":\"c\",\"outboundUrl\":\"http://127.0.0.1:" + port + "/sms\",\"secret\":\"%s\","
                + "\"redelivery\":{\"timeout\":\"PT30S\"}}"; // it has just started
        bridge.tenant().post("/v1/connections", connection.formatted(SECRET)).expect(201);
        String wrong = bridge.tenant()
                .post("/v1/connections", connection.formatted("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .expect(201)
                .at("/id");
        Api phone = bridge.phone();
        String id = phone.post(
                        "/v1/inbound",
                        "{\"from\":\"919876543210\",\"text\":" + TextNode.valueOf(Texts.UGLY + "\0") + "}")
                .expect(202)
                .at("/messages/0/id");
        eventually(() -> assertThat(attemptStatuses(wrong)).contains("401"));
        return id;
    }

    private static List<String> attemptStatuses(String target) {
        return bridge.tenant().get("/v1/deliveries?target=" + target).json().findValuesAsText("httpStatus");
    }

    private static String statusOf(String messageId) {
        within(30, () -> assertThat(delivery(messageId)).isNotEqualTo("pending"));
        return delivery(messageId);
    }

    /** Of the connection that was made first. */
    private static String delivery(String messageId) {
        JsonNode all = bridge.tenant().get("/v1/messages/" + messageId).json().get("deliveries");
        for (JsonNode delivery : all) {
            if (!delivery.findValuesAsText("httpStatus").contains("401")) {
                return delivery.get("status").asText();
            }
        }
        return "pending";
    }

    private static void needs(String... command) {
        boolean there;
        try {
            there = new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "Skipped: install " + command[0] + " to run this test");
    }
}
