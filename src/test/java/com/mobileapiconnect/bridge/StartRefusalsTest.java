package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that cannot be says why in one line, with what to do, and without a stack trace. */
@LongRunning
@ExtendWith(OutputCaptureExtension.class)
class StartRefusalsTest {

    private static final String KEY = "one-and-the-same-key-0123456789-0123456789=";
    private static final int PAGE = 4096;

    @TempDir
    Path data;

    /** What the operator reads. */
    private String refusal(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--bridge.data-dir=" + data));
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith("server.port="))) {
            arguments.add("--server.port=0");
        }
        Stream.of(settings).map(setting -> "--" + setting).forEach(arguments::add);
        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(BridgeApplication.class)
                .run(arguments.toArray(String[]::new))
                .close());
        assertThat(failure).as("the start fails").isNotNull();
        FailureAnalysis analysis = new StartFailure().analyze(failure);
        assertThat(analysis).as("no stack trace for " + failure).isNotNull();
        assertThat(analysis.getDescription()).doesNotContain("\n").doesNotContain(KEY);
        return analysis.getDescription();
    }

    @Test
    void keysThatAreEqualAreRefused() {
        assertThat(refusal("bridge.bootstrap.api-key=" + KEY, "bridge.operator-key=" + KEY))
                .isEqualTo("BRIDGE_BOOTSTRAP_API_KEY and BRIDGE_OPERATOR_KEY are the same key. Give each its own, or"
                        + " omit one to have it generated.");
        assertThat(refusal("bridge.master-key=" + KEY, "bridge.operator-key=" + KEY))
                .startsWith("BRIDGE_OPERATOR_KEY and BRIDGE_MASTER_KEY are the same key.");
        assertThat(data.resolve("bridge.db")).doesNotExist();
    }

    @Test
    void anOperatorsKeyThatIsATenantsInTheStoreIsRefused() {
        RunningBridge.start(data).close();

        assertThat(refusal("bridge.operator-key=" + RunningBridge.TENANT_KEY))
                .startsWith("BRIDGE_OPERATOR_KEY is already the key of somebody else");
        RunningBridge.start(data).close();
    }

    @Test
    void aKeyThatIsTooShortIsRefused() {
        assertThat(refusal("bridge.operator-key=short")).startsWith("BRIDGE_OPERATOR_KEY must be at least 32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bridge.public-url=sms.example.com | BRIDGE_PUBLIC_URL=sms.example.com must be http:// or https://",
                "bridge.database.password=secret | BRIDGE_DATABASE_PASSWORD has no effect without BRIDGE_DATABASE_URL",
                "bridge.routes.dir=/no/such/directory | BRIDGE_ROUTES_DIR=/no/such/directory is no directory",
                "bridge.plugins.dir=/no/such/directory | BRIDGE_PLUGINS_DIR=/no/such/directory is no directory",
                "bridge.resource.databases=erp:jdbc:secret | BRIDGE_RESOURCE_DATABASES has an entry that begins with \"erp\"",
                "bridge.resource.databases=intake=jdbc:sqlite:secret | BRIDGE_RESOURCE_DATABASES: the name intake is taken",
                "bridge.retention.message=P90D | bridge.retention.message is no setting of the bridge. Did you mean bridge.retention.messages?",
                "bridge.connectors.dir=/no/such/directory | BRIDGE_CONNECTORS_DIR=/no/such/directory is no directory",
            })
    void aSettingThatCannotBeMeantIsRefused(String setting, String line) {
        assertThat(refusal(setting)).startsWith(line).doesNotContain("secret");
    }

    @Test
    void aConfigurationFileConfiguresTheFirstTenantAloneAndOneWithAMistakeIsSaidWithItsLine() throws IOException {
        Path file = data.resolve("config.yaml");
        String setting = "bridge.config-file=" + file;
        Files.writeString(file, "connections: [{name: SAP, outboundUrl: 'https://sap.example.com/'}]");
        try (RunningBridge bridge = RunningBridge.start(data, setting)) {
            assertThat(bridge.tenant().get("/v1/connections").at("/data/0/name"))
                    .isEqualTo("SAP");
            bridge.newTenant().api().post("/v1/rules", "{\"name\":\"R\"}").expect(201);
        }
        Files.writeString(file, "version: 1\nconnections:\n  - name: SAP\n    outboundUrl: ${env:NO_SUCH_VARIABLE}\n");
        assertThat(refusal(setting))
                .startsWith("BRIDGE_CONFIG_FILE=" + file + ", line 4: connections[0].outboundUrl has no value");
        assertThat(refusal(setting + "2"))
                .isEqualTo("BRIDGE_CONFIG_FILE=" + file + "2 is no file: give the path of a YAML file, or remove it.");

        Files.writeString(file, "rules: [{name: First}]");
        try (RunningBridge bridge = RunningBridge.start(data, setting)) {
            assertThat(bridge.tenant().get("/v1/rules").at("/data/0/name")).isEqualTo("First");
            assertThat(bridge.tenant().get("/v1/connections").json().path("data"))
                    .hasSize(1);
            String first = bridge.operator().get("/v1/tenants").at("/data/1/id");
            bridge.operator().delete("/v1/tenants/" + first).expect(202);
        }
        assertThat(refusal(setting))
                .startsWith("BRIDGE_CONFIG_FILE configures the first tenant, and there is none any");
    }

    @Test
    void aPortThatIsInUseIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(refusal("server.port=" + taken.getLocalPort()))
                    .isEqualTo("Port " + taken.getLocalPort() + " is in use by another program. End that one, or choose"
                            + " another port: SERVER_PORT=" + (taken.getLocalPort() + 1));
        }
    }

    /** The next start says no key, because there is a tenant already. */
    @Test
    void aFirstStartThatFailsShowsTheKeysThatItHasMade(CapturedOutput output) throws IOException {
        Path file = Files.writeString(data.resolve("config.yaml"), "devices: [{name: Front desk}]");
        try (ServerSocket taken = new ServerSocket(0)) {
            refusal("server.port=" + taken.getLocalPort(), "bridge.config-file=" + file);
        }
        assertThat(output.getOut())
                .containsPattern("API key, shown this once: sk_live_")
                .containsPattern("Operator key, shown this once: sk_operator_")
                .containsPattern("Phone Front desk, shown this once: dvt_");
    }

    @Test
    void aKeyThatIsRefusedLeavesTheFirstStartToTheNextOne(CapturedOutput output) {
        refusal("bridge.operator-key=short");
        refusal("bridge.operator-key=" + KEY, "bridge.bootstrap.api-key=short");
        assertThat(output.getOut()).doesNotContain("sk_live_");

        new SpringApplicationBuilder(BridgeApplication.class)
                .run("--bridge.data-dir=" + data, "--server.port=0", "--bridge.operator-key=" + KEY)
                .close();
        assertThat(output.getOut()).containsPattern("API key +sk_live_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.address=192.0.2.1 | The system refuses the address and port that the bridge should have",
                "server.address=no-such-host.invalid | SERVER_ADDRESS=no-such-host.invalid is no value",
                "server.port=80a80 | SERVER_PORT=80a80 is no value that server.port can have.",
            })
    void anAddressOrPortThatTheServerCannotHaveIsSaidInALine(String setting, String line) {
        assertThat(refusal(setting)).startsWith(line);
    }

    /** Put back by root, they are not the bridge's own. A directory in a file's place is refused for root, too. */
    @ParameterizedTest
    @ValueSource(strings = {"bridge.db", "bridge.mark"})
    void aFileOfTheDataDirectoryThatCannotBeOpenedIsSaidWithWhatToDo(String name) throws IOException {
        Files.createDirectory(data.resolve(name));
        assertThat(refusal()).contains(name, "belong to the user that the bridge runs as");
    }

    @Test
    void aDatabaseThatIsNoneIsSaid() throws IOException {
        byte[] noise = new byte[10 * PAGE];
        new Random(1).nextBytes(noise);
        Files.write(data.resolve("bridge.db"), noise);

        assertThat(refusal()).contains("bridge.db", "backup");
    }

    @Test
    void aDatabaseWithDamagedPagesIsSaid() throws IOException {
        RunningBridge.start(data).close();
        byte[] noise = new byte[PAGE];
        Arrays.fill(noise, (byte) 0xff);
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("bridge.db").toFile(), "rw")) {
            for (long page = 1; page < file.length() / PAGE; page++) {
                file.seek(page * PAGE);
                file.write(noise);
            }
        }
        assertThat(refusal()).contains("bridge.db", "damaged", "backup");
    }

    @Test
    void aDatabaseThatWasCutIsSaid() throws IOException {
        RunningBridge.start(data).close();
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("bridge.db").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(refusal()).contains("bridge.db", "backup");
    }
}
