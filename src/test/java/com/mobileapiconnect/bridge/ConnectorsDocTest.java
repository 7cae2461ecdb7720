package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * docs/connectors.md is made of the connectors' own files: what they are, their properties, and, out of the comment at the
 * head of each, how a repeat is harmless.
 */
class ConnectorsDocTest {

    private static final Path DOC = Path.of("docs/connectors.md");
    private static final Path MADE = Path.of("target/connectors.md");
    private static final Path EXAMPLE = Path.of("examples/connectors/ticket-table.kamelet.yaml");
    private static final String A_REPEAT = "A repeat:";
    /** What people have to make in the system before a connection can be; left out where there is nothing. */
    private static final String SETTING_UP = "Setting up:";

    private static final String HEAD = """
            # Connectors

            A connection names a connector, which says how its deliveries reach a system. `GET /v1/connectors` lists them with the
            JSON Schema of their `properties`; `POST /v1/connections/{id}/preview` shows the very request that would go out, and
            `POST /v1/connections/{id}/test` asks the system and writes nothing; a connector in a file of your own that has no step `erp:`
            cannot be asked, and sends a sample message through its route. `ConnectorsDocTest` makes this page of the
            connectors' files and says how to renew it. [What an answer comes to](outcomes.md), done, tried again or rejected, is
            a page of its own.

            A delivery is sent at least once, so each connector says how a repeat stays one record. A property of the kind
            `password` is stored encrypted and shown as `true`. In a `mapping` each field of the system gets a text with names
            (`{{from}} {{to}} {{text}} {{ref}} {{receivedAt}} {{tenantName}} {{messageId}} {{deliveryId}} {{deviceId}} {{sim}}
            {{matchedRuleId}} {{match.1}}`), or `{"value":…,"as":"integer"}` where it is no text.

            | connector | what it does | needs |
            |---|---|---|
            | [`webhook`](#webhook) | a signed POST of the message as JSON | `outboundUrl` |
            """;
    private static final String WEBHOOK = """

            ## `webhook`

            A signed POST of the message as JSON to `outboundUrl`, for receivers of your own
            ([examples](../examples/receivers/README.md)). It has no properties.

            **A repeat** has the same `X-MAC-Delivery`, by which a receiver knows it.
            """;

    private static final String PHONES = """

            ## Phone apps that are a mapping

            Files of the type `action` read what a phone app or router sends ([phones](phones.md)); no connection names them.

            | adapter | what it reads |
            |---|---|
            """;

    private static final String YOUR_OWN = """

            ## Write your own in one file

            A file `<name>.kamelet.yaml` in the directory of connectors (`BRIDGE_CONNECTORS_DIR`, otherwise `connectors`) is a
            connector, from the start and from the moment it is saved ([what it may say and do](write-a-connector.md)). A test
            runs this one as it stands here; it is `examples/connectors/ticket-table.kamelet.yaml`:

            ```yaml
            %s
            ```

            What the customer is to be answered is found by `replyFrom` of the connection, in the system's answer or in the body
            that the route leaves.
            """;

    private record Connector(Path file, JsonNode kamelet) {

        String name() {
            return kamelet.at("/metadata/name").asText();
        }

        JsonNode definition() {
            return kamelet.at("/spec/definition");
        }

        boolean isSink() {
            return kamelet.at("/metadata/labels")
                    .path("camel.apache.org/kamelet.type")
                    .asText()
                    .equals("sink");
        }
    }

    private static List<Connector> connectors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("connectors"))) {
            List<Connector> connectors = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".kamelet.yaml"))
                    .sorted()
                    .toList()) {
                Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                connectors.add(new Connector(file, new JsonMapper().valueToTree(yaml)));
            }
            return connectors;
        }
    }

    @Test
    void docsConnectorsIsWhatTheFilesSay() throws IOException {
        String known = Files.exists(DOC) ? Files.readString(DOC) : "";
        String page = page();
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, page);
        assertThat(known)
                .as("docs/connectors.md is not what the connectors' files say any more; renew it: cp " + MADE + " "
                        + DOC)
                .isEqualTo(page);
    }

    @Test
    void everyConnectorSaysHowARepeatIsHarmless() throws IOException {
        for (Connector each : connectors()) {
            assertThat(!each.isSink() || !paragraph(each.file(), A_REPEAT).isEmpty())
                    .as("a paragraph \"# " + A_REPEAT + " …\" in the comment at the head of " + each.file())
                    .isTrue();
        }
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        StringBuilder sections = new StringBuilder(WEBHOOK);
        StringBuilder phones = new StringBuilder(PHONES);
        for (Connector each : connectors()) {
            String name = each.name();
            String description = each.definition().path("description").asText();
            if (!each.isSink()) {
                phones.append("| `%s` | %s |\n".formatted(name, cell(description)));
                continue;
            }
            String needs = each.kamelet()
                    .at("/metadata/annotations")
                    .path("mobileapiconnect.com/needs")
                    .asText();
            page.append("| [`%s`](#%s) | %s | %s |\n"
                    .formatted(
                            name, name, cell(firstSentence(description)), needs.isEmpty() ? "–" : "`" + needs + "`"));
            sections.append("\n## `%s`\n\n%s\n".formatted(name, description.strip()));
            sections.append(properties(each.definition()));
            String settingUp = paragraph(each.file(), SETTING_UP);
            sections.append(settingUp.isEmpty() ? "" : "\n**" + SETTING_UP + "** " + settingUp + "\n");
            sections.append("\n**" + A_REPEAT + "** ")
                    .append(paragraph(each.file(), A_REPEAT))
                    .append('\n');
        }
        String example = Files.readString(EXAMPLE).stripTrailing();
        return page.append(sections)
                .append(phones)
                .append(YOUR_OWN.formatted(example))
                .toString();
    }

    private static String firstSentence(String description) {
        return description.split("(?<=[.]) ", 2)[0].replaceFirst("[.]$", "");
    }

    private static String properties(JsonNode definition) {
        if (definition.path("properties").isEmpty()) {
            return "";
        }
        Set<String> required = new TreeSet<>();
        definition.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder table = new StringBuilder("\n| property | kind | default | meaning |\n|---|---|---|---|\n");
        for (Map.Entry<String, JsonNode> each : definition.path("properties").properties()) {
            JsonNode property = each.getValue();
            String otherwise = required.contains(each.getKey())
                    ? "**must be given**"
                    : property.has("default") ? "`" + shown(property.get("default")) + "`" : "–";
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            each.getKey(),
                            kind(property),
                            cell(otherwise),
                            cell(property.path("description").asText())));
        }
        return table.toString();
    }

    private static String kind(JsonNode property) {
        if (property.has("enum")) {
            return Stream.of(property.get("enum"))
                    .flatMap(values -> {
                        List<String> texts = new ArrayList<>();
                        values.forEach(value -> texts.add("`" + value.asText() + "`"));
                        return texts.stream();
                    })
                    .collect(Collectors.joining(" "));
        }
        return property.path("format").asText(property.path("type").asText("any"));
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    /** Returns the paragraph that begins so in the comment at the head of a file; empty if there is none. */
    private static String paragraph(Path file, String beginning) throws IOException {
        String comment = Files.readAllLines(file).stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^# ?", ""))
                .collect(Collectors.joining("\n"));
        return Stream.of(comment.split("\n\\s*\n"))
                .map(paragraph -> paragraph.strip().replaceAll("\\s+", " "))
                .filter(paragraph -> paragraph.startsWith(beginning))
                .map(paragraph -> paragraph.substring(beginning.length()).strip())
                .findFirst()
                .orElse("");
    }
}
