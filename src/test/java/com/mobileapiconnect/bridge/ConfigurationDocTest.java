package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.setting.Allowed;
import com.mobileapiconnect.bridge.support.SettingRecords;
import com.mobileapiconnect.bridge.support.SettingRecords.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.configurationprocessor.ConfigurationMetadataAnnotationProcessor;

/**
 * docs/configuration.md is made of the settings' own metadata: descriptions from the Javadoc of their records (as Spring
 * Boot's processor reads it), bounds from their annotations, defaults from application.yaml.
 */
class ConfigurationDocTest {

    private static final Path DOC = Path.of("docs/configuration.md");
    private static final Path MADE = Path.of("target/configuration.md");
    private static final String HEAD = """
            # Configuration

            All settings of the bridge. `ConfigurationDocTest` makes this page of the settings' own metadata and says how to
            renew it. Each setting is an environment variable, or a property of Spring Boot: `BRIDGE_DATA_DIR` is `bridge.data-dir`
            on the command line (`--bridge.data-dir=…`) and in an `application.yaml` beside the jar.

            A start refuses a value that is not allowed, a name that is none, and a setting that has no effect, with a line that
            says what to write. Times need a unit: `P90D`, `PT10M`, or `90d`, `10m`, `30s`; sizes too: `64MB`.

            Of Spring Boot's own settings these are the most useful: `SERVER_PORT` (8080), `SERVER_ADDRESS` (all),
            `LOGGING_STRUCTURED_FORMAT_CONSOLE` (`ecs`, `logstash` or `gelf`: each line of the log is a JSON object),
            `LOGGING_LEVEL_BRIDGE_ATTEMPTS` (`warn`: no line for each attempt).
            """;

    @TempDir
    Path made;

    @Test
    void docsConfigurationIsWhatTheSettingsSay() throws IOException {
        String page = page(descriptions());
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, page);
        assertThat(Files.exists(DOC) ? Files.readString(DOC) : "")
                .as("docs/configuration.md is not what the settings say any more; renew it: cp " + MADE + " " + DOC)
                .isEqualTo(page);
    }

    @Test
    void everySettingIsDescribed() throws IOException {
        Map<String, String> descriptions = descriptions();
        assertThat(SettingRecords.all().stream()
                        .map(Setting::key)
                        .filter(key -> descriptions.getOrDefault(key, "").isBlank()))
                .as("settings without a @param in the Javadoc of their record")
                .isEmpty();
    }

    private static String page(Map<String, String> descriptions) {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, Object> defaults = SettingRecords.defaults();
        Map<String, List<Setting>> groups = SettingRecords.all().stream()
                .collect(Collectors.groupingBy(
                        ConfigurationDocTest::group,
                        () -> new TreeMap<>(Comparator.comparing(name -> name.replace("`", ""))),
                        Collectors.toList()));
        groups.forEach((group, settings) -> {
            page.append("\n## ")
                    .append(group)
                    .append("\n\n| variable | default | allowed | meaning |\n|---|---|---|---|\n");
            settings.forEach(setting -> page.append("| `")
                    .append(SettingValues.variable(setting.key()))
                    .append("` | ")
                    .append(shown(defaults.get(setting.key())))
                    .append(" | ")
                    .append(setting.allowed().map(Allowed::range).orElse(""))
                    .append(" | ")
                    .append(descriptions.getOrDefault(setting.key(), ""))
                    .append(" |\n"));
        });
        return page.toString();
    }

    private static String group(Setting setting) {
        String below = setting.key().substring(0, setting.key().lastIndexOf('.'));
        return "`" + below + "`";
    }

    private static String shown(Object value) {
        return value.toString().isEmpty() ? "–" : "`" + value + "`";
    }

    /** Returns what Spring Boot's own processor reads from the sources of the records. */
    private Map<String, String> descriptions() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> records = sources.filter(file -> file.toString().endsWith("Settings.java"))
                    .toList();
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:only", "-d", made.toString(), "-classpath", classPath()),
                    null,
                    files.getJavaFileObjectsFromPaths(records));
            task.setProcessors(List.of(new ConfigurationMetadataAnnotationProcessor()));
            assertThat(task.call()).as("the records of settings can be read").isTrue();
        }
        Map<String, String> descriptions = new TreeMap<>();
        for (JsonNode property : new JsonMapper()
                .readTree(made.resolve("META-INF/spring-configuration-metadata.json")
                        .toFile())
                .get("properties")) {
            descriptions.put(
                    property.get("name").asText(),
                    plain(property.path("description").asText()));
        }
        return descriptions;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** From Javadoc to Markdown, within a cell of a table. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link ([^}]*)}", "$1")
                .replace("|", "\\|")
                .strip();
    }
}
