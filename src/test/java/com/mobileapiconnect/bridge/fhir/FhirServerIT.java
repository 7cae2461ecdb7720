package com.mobileapiconnect.bridge.fhir;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connector {@code fhir-communication} and a real server, which takes nothing that is no Communication: HAPI FHIR. */
class FhirServerIT {

    private static final Path SOURCES = Path.of("src/test/fhir");
    private static final String HOSTILE = "a\"}],\"status\":\"preparation\" <b>&amp;</b> | identifier= \\u0041 👍🏽";

    private static Process process;
    private static Api server;
    private static RunningBridge bridge;

    private final Api tenant = bridge.newTenant().api();
    private final Api phone =
            tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        SOURCES.resolve("HapiServer.java").toString())
                .redirectError(Path.of("target/hapi.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader said = process.inputReader();
        String line = said.readLine();
        assertThat(line).as("the server's first words; see target/hapi.log").startsWith("port ");
        server = new Api("http://127.0.0.1:" + line.substring(5) + "/fhir", null);
        within(60, () -> server.get("/metadata").expect(200)); // the first answer takes a new process long
        bridge = RunningBridge.shared(Database.SQLITE);
    }

    /** Fetched once; skips the tests where there is no Maven, or no way to the server's parts. */
    private static String classPath() throws IOException, InterruptedException {
        Path list = Path.of("target/fhir-class-path.txt").toAbsolutePath();
        if (!Files.exists(list)) {
            Path log = Path.of("target/fhir-class-path.log");
            Files.createDirectories(log.toAbsolutePath().getParent());
            String home = System.getProperty("maven.home", System.getenv().getOrDefault("MAVEN_HOME", ""));
            Process maven = new ProcessBuilder(
                            home.isEmpty() ? "mvn" : home + "/bin/mvn",
                            "-q",
                            "-B",
                            "-f",
                            SOURCES.resolve("pom.xml").toString(),
                            "dependency:build-classpath",
                            "-Dmdep.outputFile=" + list)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = maven.waitFor(10, TimeUnit.MINUTES);
            maven.destroyForcibly();
            Assumptions.assumeTrue(
                    ended && Files.exists(list), "Skipped: Maven cannot fetch the parts of HAPI FHIR; see " + log);
        }
        return Files.readString(list).strip();
    }

    @AfterAll
    static void stop() {
        if (bridge != null) {
            bridge.close();
        }
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private String connection(String properties) {
        return tenant.connection(
                url(),
                "\"connector\":\"fhir-communication\",\"properties\":" + properties
                        + ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"timeout\":\"PT30S\"}");
    }

    private static String url() {
        return server.request("").build().uri().toString();
    }

    private JsonNode delivery(String text, String status) {
        String message = phone.post(
                        "/v1/inbound",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("from", "919876543210")
                                .put("text", text)
                                .toString())
                .expect(202)
                .at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        within(60, () -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get(path).json().at("/data/0");
    }

    private static List<String> ids(JsonNode delivery) {
        return server.get("/Communication?identifier=urn:erp-bridge:delivery%7C"
                        + delivery.get("id").asText())
                .expect(200)
                .json()
                .findValuesAsText("fullUrl");
    }

    @Test
    void aMessageIsACommunicationWhateverItSays() {
        String id = connection("{}");
        assertThat(tenant.post("/v1/connections/" + id + "/test")
                        .expect(200)
                        .json()
                        .at("/findings/faults"))
                .isEmpty();

        JsonNode delivery = delivery(HOSTILE, "delivered");

        JsonNode record = server.get(
                        "/Communication/" + delivery.get("externalId").asText())
                .expect(200)
                .json();
        assertThat(record.at("/payload/0/contentString").asText()).isEqualTo(HOSTILE);
        assertThat(record.at("/status").asText()).isEqualTo("completed");
        assertThat(record.at("/sender/display").asText()).isEqualTo("919876543210");
        assertThat(record.at("/received").asText()).startsWith("20").endsWith("Z");
        assertThat(ids(delivery)).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostAfterTheWriteMakesOneRecord() {
        connection("{}");
        server.get("/lose").expect(200);
        JsonNode delivery = delivery("lost", "delivered");
        assertThat(delivery.get("attempts")).hasSize(2);
        assertThat(ids(delivery)).hasSize(1);
        assertThat(delivery.get("externalId").asText()).isNotEmpty();
    }

    @Test
    void whatIsNoCommunicationIsRejectedInTheServersOwnWords() {
        connection("{\"fields\":{\"status\":\"completed\",\"paylod\":\"{{text}}\"}}");
        JsonNode delivery = delivery("what only the customer knows", "failed");
        assertThat(delivery.at("/attempts/0/error").asText())
                .startsWith("HTTP 400: ")
                .contains("paylod")
                .doesNotContain("customer");
    }
}
