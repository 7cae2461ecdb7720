package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Maven;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that generators make of the document work, by the commands of the documentation. */
class GeneratedClientsIT {

    private static final Path CLIENTS = Path.of("examples/clients");
    private static final Pattern COMMANDS = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NO_REGISTRY = Pattern.compile(
            "Could not (find|transfer|resolve)|offline mode|No matching distribution|Failed to establish|"
                    + "name resolution|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED");

    @TempDir
    static Path data;

    @TempDir
    Path work;

    private static RunningBridge bridge;
    private static Receiver erp;

    enum Client {
        PYTHON("Python", "install Python 3.10 or later with venv", "python3 -c 'import ensurepip'"),
        TYPESCRIPT("TypeScript", "install Node with npm", "npm --version"),
        JAVA("Java", "install Maven", "mvn --version");

        private final String heading;
        private final String toInstall;
        private final String check;

        Client(String heading, String toInstall, String check) {
            this.heading = heading;
            this.toInstall = toInstall;
            this.check = check;
        }

        /** The commands of the documentation, as they stand there. */
        private List<String> commands() throws IOException {
            String page = Files.readString(Path.of("docs/make-a-client.md"));
            String section = page.split("\n## " + heading + "\n")[1].split("\n## ")[0];
            return COMMANDS.matcher(section)
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        }
    }

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(data);
        erp = new Receiver();
    }

    @AfterAll
    static void stop() {
        erp.close();
        bridge.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGeneratedClientPairsSendsAndReads(Client client) throws Exception {
        Api tenant = bridge.newTenant().api();
        String printed = runCommands(client, tenant);

        JsonNode seen = new JsonMapper().readTree(printed.substring(printed.lastIndexOf("\n{") + 1));
        assertSeen(tenant, seen);
    }

    private String runCommands(Client client, Api tenant) throws Exception {
        String key = tenant.post("/v1/keys").expect(201).at("/key");
        Assumptions.assumeTrue(run(client.check, key).isGood(), "Skipped: " + client.toInstall + " to run this test");
        copy(CLIENTS.resolve(client.name().toLowerCase(Locale.ROOT)));
        String printed = "";
        for (String command : client.commands()) {
            Ended ended = run(command, key);
            Matcher unreachable = NO_REGISTRY.matcher(ended.printed());
            Assumptions.assumeFalse(
                    !ended.isGood() && unreachable.find(),
                    () -> "Skipped: cannot fetch what is needed: " + command.strip());
            assertThat(ended.isGood()).as(command + "\n" + ended.printed()).isTrue();
            printed = ended.printed();
        }
        return printed;
    }

    private static void assertSeen(Api tenant, JsonNode seen) {
        JsonNode message = tenant.get("/v1/messages/" + seen.path("message").asText())
                .expect(200)
                .json();
        assertThat(message.path("deviceId")).isEqualTo(seen.path("device"));
        assertThat(message.path("matchedRuleId")).isEqualTo(seen.path("rule")).isEqualTo(seen.path("matchedRule"));
        assertThat(seen.path("deliveries"))
                .extracting(JsonNode::asText)
                .containsExactly("connection delivered", "reply delivered");
        assertThat(tenant.get("/v1/connections/" + seen.path("connection").asText())
                        .expect(200)
                        .json()
                        .path("concurrency")
                        .asInt())
                .isEqualTo(2);
        assertThat(tenant.get("/v1/outgoing/" + seen.path("outgoing").asText())
                        .expect(200)
                        .at("/status"))
                .isEqualTo("sent")
                .isEqualTo(seen.path("status").asText());
        assertThat(seen.path("refused").asText()).isEqualTo("concurrency");
    }

    private record Ended(int status, String printed) {

        boolean isGood() {
            return status == 0;
        }
    }

    private Ended run(String script, String key) throws IOException, InterruptedException {
        File log = work.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(BridgeProcess.shell(script))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        Map<String, String> environment = builder.environment();
        environment.put("BRIDGE", bridge.url());
        environment.put("API_KEY", key);
        environment.put("ERP_URL", erp.url("/sms"));
        environment.putAll(Maven.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(900, TimeUnit.SECONDS);
        String printed = Files.readString(log.toPath(), StandardCharsets.UTF_8);
        assertThat(ended).as(script + "\n" + printed).isTrue();
        return new Ended(process.exitValue(), printed);
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = work.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
