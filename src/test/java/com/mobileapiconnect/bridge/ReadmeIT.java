package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Maven;
import com.mobileapiconnect.bridge.support.Ports;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the README, as it stands there, in a fresh copy of the sources; only ports are changed, and the
 * compiler's checkers are left out, which have just seen the same sources.
 */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Set<String> NOT_COPIED = Set.of("target", ".git", "data", ".idea");

    @TempDir
    Path fresh;

    @TempDir
    Path data;

    @Test
    void everyCommandDoesWhatItSays() throws Exception {
        copySources();
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .toList();
        assertThat(blocks.get(0)).isEqualTo("mvn spring-boot:run");
        assertThat(blocks.get(blocks.size() - 1)).isEqualTo("mvn verify"); // that is what runs this test

        try (BridgeProcess bridge = BridgeProcess.launch(
                BridgeProcess.shell("exec mvn -B -Djavac.checkers=-Xlint:none spring-boot:run"),
                fresh,
                data,
                Maven.environment())) {
            bridge.awaitReady();
            int receiverPort = Ports.free();
            String key = bridge.output().replaceAll("(?s).*API key +(sk_live_[\\w-]+).*", "$1");
            String common = null;
            Path received = data.resolve("received.log");
            Process receiver = null;
            try {
                for (String block : blocks.subList(1, blocks.size() - 1)) {
                    String script = block.replaceAll("sk_live_…", key)
                            .replace("http://localhost:8080", bridge.url())
                            .replace("127.0.0.1:9000", "127.0.0.1:" + receiverPort);
                    if (script.contains("receiver.py")) {
                        receiver = receiver(script, receiverPort, received);
                    } else {
                        common = common == null ? script.lines().limit(4).reduce("", (a, b) -> a + b + "\n") : common;
                        run(script.startsWith("KEY=") ? script : common + script);
                    }
                }
                within(60, () -> assertThat(Files.readString(received)).contains("\"text\":\"balance\""));
                Api tenant = new Api(bridge.url(), key);
                within(60, () -> assertThat(statuses(tenant)).isNotEmpty().containsOnly("delivered"));
                assertThat(faults(tenant))
                        .as("receivers that were not ready, or another secret")
                        .allMatch("timeout"::equals); // which a busy machine may come to
                assertThat(tenant.get("/v1/connections").json().get("data")).hasSize(2);
                assertThat(tenant.get("/v1/messages").at("/data/0/phoneId")).isEqualTo("p-1");
                theCommandsThatItPrintedRunAsTheyAre(bridge, key);
            } finally {
                if (receiver != null) {
                    receiver.destroy();
                }
            }
        }
    }

    /** In shells that know nothing but what is pasted; only the receiver's port is changed. */
    private void theCommandsThatItPrintedRunAsTheyAre(BridgeProcess bridge, String key) throws Exception {
        int port = Ports.free();
        String welcome = bridge.output().substring(bridge.output().indexOf("Try it."));
        String receive = welcome.lines()
                .filter(line -> line.startsWith("SECRET="))
                .findFirst()
                .orElseThrow();
        String commands = welcome.lines()
                .filter(line -> line.matches("(KEY|API|TOKEN|curl)\\b.*"))
                .map(line -> line.replace("127.0.0.1:9000", "127.0.0.1:" + port) + "\n")
                .collect(Collectors.joining());
        Path received = data.resolve("welcomed.log");
        Process receiver = receiver(receive, port, received);
        try {
            run(commands);
            within(60, () -> assertThat(Files.readString(received)).contains("\"text\":\"balance\""));
            Api tenant = new Api(bridge.url(), key);
            within(60, () -> assertThat(
                            tenant.get("/v1/deliveries?status=pending").json().get("data"))
                    .isEmpty());
        } finally {
            receiver.destroy();
        }
    }

    private Process receiver(String script, int port, Path output) throws IOException {
        Process receiver = start("export PORT=" + port + "; exec env " + script, output);
        within(30, () -> assertThatCode(() -> new Socket("127.0.0.1", port).close())
                .doesNotThrowAnyException());
        return receiver;
    }

    private static List<String> statuses(Api tenant) {
        return tenant.get("/v1/deliveries").json().findValuesAsText("status");
    }

    /** How attempts failed. */
    private static List<String> faults(Api tenant) {
        return tenant.get("/v1/deliveries").json().findValues("errorClass").stream()
                .filter(fault -> !fault.isNull())
                .map(JsonNode::asText)
                .toList();
    }

    private Process start(String script, Path output) throws IOException {
        return new ProcessBuilder(BridgeProcess.shell(script))
                .directory(fresh.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void run(String script) throws Exception {
        Path output = Files.createTempFile(data, "command", ".log");
        Process process = start(script, output);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(script).isTrue();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(script + "\n" + printed).isZero();
        assertThat(printed)
                .as(script)
                .doesNotContain("\"status\":4", "\"status\":5")
                .contains("{");
    }

    private void copySources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        try (Stream<Path> all = Files.list(root)) {
            // Not even looked into: other tests make and delete files there meanwhile.
            for (Path each : all.filter(
                            each -> !NOT_COPIED.contains(each.getFileName().toString()))
                    .toList()) {
                try (Stream<Path> files = Files.walk(each)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path copy = fresh.resolve(root.relativize(file));
                        Files.createDirectories(copy.getParent());
                        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }
}
