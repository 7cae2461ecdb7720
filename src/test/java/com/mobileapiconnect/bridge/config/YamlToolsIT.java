package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Written;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PyYAML, js-yaml and Go's yaml read the configuration as the bridge means it, and the bridge reads what they write. */
class YamlToolsIT {

    private static final Path SCRIPTS = Path.of("src/test/yaml");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path work;

    enum Tool {
        PYTHON("install PyYAML (python3 -m pip install PyYAML)", List.of(), "python3", "again.py"),
        NODE("install npm", List.of("npm", "ci", "--no-audit", "--no-fund"), "node", "again.mjs"),
        GO("install go", List.of("go", "mod", "download"), "go", "run", "again.go");

        private final String toInstall;
        private final List<String> fetch;
        private final List<String> run;

        Tool(String toInstall, List<String> fetch, String... run) {
            this.toInstall = toInstall;
            this.fetch = fetch;
            this.run = List.of(run);
        }

        private List<String> version() {
            return switch (this) {
                case PYTHON -> List.of("python3", "-c", "import yaml");
                case NODE -> List.of("npm", "--version");
                case GO -> List.of("go", "version");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTextAndNumberComesThroughBothWays(Tool tool) throws Exception {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("texts", YamlTexts.ALL);
        Map<String, Object> keys = new LinkedHashMap<>();
        YamlTexts.ALL.forEach(text -> keys.put("k" + text, text));
        YamlTexts.ALL.forEach(text -> keys.put(text, "v"));
        file.put("keys", keys);
        file.put("numbers", List.of(0, 1, -7, 1900, 4.0, 0.5, 1e10, 1.5e300, 1.7e-5, true, false));
        prepare(tool);

        JsonNode again = again(tool, ConfigYaml.yaml(file));

        JsonNode meant = JSON.valueToTree(file);
        assertThat(again.at("/read/texts")).isEqualTo(meant.get("texts"));
        assertThat(again.at("/read/keys")).isEqualTo(meant.get("keys"));
        assertSameNumbers(again.at("/read/numbers"), meant.get("numbers"));
        JsonNode back = ConfigReader.read(again.get("written").textValue().getBytes(StandardCharsets.UTF_8));
        assertThat(texts(back.get("texts"))).isEqualTo(meant.get("texts"));
        assertThat(texts(back.get("keys"))).isEqualTo(meant.get("keys"));
        assertSameNumbers(back.get("numbers"), meant.get("numbers"));
    }

    @ParameterizedTest
    @EnumSource
    void textsThatNotAllToolsCanWriteAreReadByAllOfThem(Tool tool) throws Exception {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("texts", YamlTexts.SEPARATED);
        YamlTexts.SEPARATED.forEach(text -> file.put(text, text));
        prepare(tool);

        assertThat(again(tool, ConfigYaml.yaml(file)).get("read")).isEqualTo(JSON.valueToTree(file));
    }

    /** The whole way: the file that the bridge gives, as the tool writes it, changes nothing. */
    @ParameterizedTest
    @EnumSource
    void aConfigurationThatAToolWroteAgainIsTheSame(Tool tool) throws Exception {
        prepare(tool);
        try (RunningBridge bridge = RunningBridge.shared(Database.SQLITE)) {
            Api tenant = bridge.newTenant().api();
            List<String> names = YamlTexts.ALL.stream()
                    .filter(text -> !text.isBlank() && text.length() <= 200)
                    .filter(text -> text.chars().noneMatch(Character::isISOControl))
                    .toList();
            for (String name : names) {
                tenant.post("/v1/rules", """
                                {"name":%s,"when":{"field":"text","op":"equals","value":%s},
                                 "then":[{"type":"reply","text":%s},
                                  {"type":"webhook","url":"https://erp.example.com","success":[302]}]}""".formatted(quoted(name), quoted(name), quoted("x\n" + name)))
                        .expect(201);
            }
            tenant.post("/v1/connections", """
                            {"name":"0049","outboundUrl":"https://erp.example.com/sms","ratePerSecond":100000,
                             "redelivery":{"multiplier":4,"jitter":0.05},"success":["2xx",302],
                             "failureWhen":{"pointer":"/0x10","equals":"NO"},
                             "when":{"field":"from","op":"in","value":["0049","1900","1e3"]}}""").expect(201);

            String file = tenant.get("/v1/config").expect(200).text();
            JsonNode again = again(tool, file);
            JsonNode diff = tenant.put("/v1/config", again.get("written").textValue())
                    .expect(200)
                    .json();

            assertThat(diff.at("/rules/unchanged").asInt()).as(diff.toString()).isEqualTo(names.size());
            assertThat(diff.at("/connections/unchanged").asInt())
                    .as(diff.toString())
                    .isEqualTo(1);
            assertThat(tenant.get("/v1/config").text()).isEqualTo(file);
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Returns the texts that are meant: a number that stands without quotes is one where a text is wanted. */
    private static JsonNode texts(JsonNode node) {
        if (node instanceof Written number) {
            return TextNode.valueOf(number.written());
        } else if (node.isArray()) {
            ArrayNode texts = JSON.createArrayNode();
            node.forEach(each -> texts.add(texts(each)));
            return texts;
        } else if (node.isObject()) {
            Map<String, JsonNode> texts = new LinkedHashMap<>();
            node.properties().forEach(each -> texts.put(each.getKey(), texts(each.getValue())));
            return JSON.valueToTree(texts);
        }
        return node;
    }

    private static void assertSameNumbers(JsonNode read, JsonNode meant) {
        assertThat(read.size()).isEqualTo(meant.size());
        for (int i = 0; i < meant.size(); i++) {
            assertThat(read.get(i).isBoolean()).isEqualTo(meant.get(i).isBoolean());
            assertThat(read.get(i).isNumber())
                    .as(read.get(i).toString())
                    .isEqualTo(meant.get(i).isNumber());
            assertThat(read.get(i).asDouble()).isEqualTo(meant.get(i).asDouble());
            assertThat(read.get(i).booleanValue()).isEqualTo(meant.get(i).booleanValue());
        }
    }

    /** Skips the test where the tool is not there, or cannot be fetched. */
    private void prepare(Tool tool) throws Exception {
        for (String file :
                List.of("again.py", "again.mjs", "again.go", "package.json", "package-lock.json", "go.mod", "go.sum")) {
            Files.copy(SCRIPTS.resolve(file), work.resolve(file));
        }
        Assumptions.assumeTrue(run(tool.version(), null) == 0, "Skipped: " + tool.toInstall + " to run this test");
        Assumptions.assumeTrue(
                tool.fetch.isEmpty() || run(tool.fetch, null) == 0,
                () -> "Skipped: " + String.join(" ", tool.fetch) + " cannot reach its registry: " + lastLine());
    }

    private JsonNode again(Tool tool, String yaml) throws Exception {
        Path in = Files.writeString(work.resolve("in.yaml"), yaml);
        int end = run(tool.run, in);
        assertThat(end).as(log()).isZero();
        return JSON.readTree(Files.readString(work.resolve("out")));
    }

    private int run(List<String> command, @Nullable Path in) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectError(work.resolve("log").toFile())
                .redirectOutput(work.resolve("out").toFile());
        if (in != null) {
            builder.redirectInput(in.toFile());
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(log()).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1; // no such command
        }
    }

    private String lastLine() {
        return log().strip().replaceFirst("(?s).*\n", "");
    }

    private String log() {
        try {
            return Files.readString(work.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }
}
