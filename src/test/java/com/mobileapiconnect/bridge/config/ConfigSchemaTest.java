package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema tells an editor is what the bridge does with the file. */
class ConfigSchemaTest {

    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static RunningBridge bridge;
    private static JsonNode json;
    private static Schema schema;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.shared(Database.SQLITE);
        json = bridge.nobody().get("/v1/config/schema").expect(200).json();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(),
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
        schema = registry.getSchema(json);
        schema.initializeValidators();
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    private static List<Error> faults(String yaml) {
        return List.copyOf(schema.validate(ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void itIsASchemaOfItsOwnWithEveryPart() {
        assertThat(json.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(json.toString()).doesNotContain("#/components/");
        assertThat(json.path("properties").properties().stream()
                        .map(part -> part.getKey())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(names());
        for (JsonNode reference : json.findValues("$ref")) {
            assertThat(json.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("version"));
        Arrays.stream(Part.values()).map(Part::wireName).forEach(names::add);
        return names;
    }

    @Test
    void itAcceptsTheFilesOfTenants() {
        Api empty = bridge.newTenant().api();
        assertThat(faults(empty.get("/v1/config").text())).isEmpty();
        Api full = bridge.newTenant().api();
        FullTenant.make(full);
        String file = full.get("/v1/config").text();
        assertThat(file).startsWith("# yaml-language-server: $schema=http").contains("/v1/config/schema\n");
        assertThat(faults(file)).isEmpty();
    }

    @Test
    void itAcceptsTheExamplesOfTheDocsAndTheBridgeDoesToo() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(Path.of("docs/configuration-file.md")))
                .results()
                .map(found -> found.group(1))
                .filter(yaml -> !yaml.contains("services:"))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(faults(example)).as(example).isEmpty();
            bridge.newTenant()
                    .api()
                    .put("/v1/config", example.replaceAll("\\$\\{(env|file):[^}]*}", "whsec_0123456789abcdef"))
                    .expect(200);
        }
    }

    /** The names that an object may have, as the bridge lists them for one that it does not know. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook           | webhook: {nobody: 1}",
                "operations        | operations: {nobody: 1}",
                "guards            | guards: {nobody: 1}",
                "devices/items     | devices: [{nobody: 1}]",
                "keys/items        | keys: [{nobody: 1}]",
                "connections/items | connections: [{nobody: 1}]",
                "rules/items       | rules: [{nobody: 1}]",
            })
    void itHasTheFieldsThatTheBridgeKnows(String part, String file) {
        String message =
                bridge.newTenant().api().put("/v1/config", file).expect(422).at("/errors/0/message");
        Set<String> known = new TreeSet<>(
                List.of(message.replaceFirst(".*this object has ", "").split(", ")));

        Set<String> described = new TreeSet<>();
        collect(json.at("/properties/" + part), described);
        if (part.startsWith("keys")) {
            described.removeAll(Set.of("id", "createdAt"));
        }
        assertThat(described).isEqualTo(known);
    }

    private static void collect(JsonNode object, Set<String> names) {
        if (object.has("$ref")) {
            collect(json.at(object.path("$ref").asText().substring(1)), names);
        }
        object.path("allOf").forEach(part -> collect(part, names));
        object.path("properties").properties().forEach(property -> names.add(property.getKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rulez: []",
                "version: 2",
                "webhook: 7",
                "webhook: {enabled: true}",
                "webhook: {url: 'https://a.example.com/', secret: short}",
                "webhook: {url: 'https://a.example.com/', secret: false}",
                "operations: {url: 'ftp://a'}",
                "guards: {quiet: x}",
                "guards: {quietHours: {from: '9', to: '10:00', zone: UTC}}",
                "guards: {help: {}}",
                "guards: {languages: [xx]}",
                "devices: {}",
                "devices: [{number: '1'}]",
                "devices: [{name: X, token: dvt_0}]",
                "devices: [{name: X, adapter: none}]",
                "devices: [{name: X, sims: {a: '1'}}]",
                "devices: [{name: X, region: Germany}]",
                "devices: [{name: X, transport: {type: none}}]",
                "keys: [{name: X, key: sk_live_0}]",
                "connections: [{name: X}]",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', concurrency: 0}]",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', http: {auth: {type: digest}}}]",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', when: {field: text, op: like, value: x}}]",
                "rules: [{}]",
                "rules: [{name: X, priority: high}]",
                "rules: [{name: X, then: [{type: fax}]}]",
                "rules: [{name: X, then: [{type: email, to: [], subject: s, text: t}]}]",
            })
    void whatTheBridgeRefusesAnEditorUnderlinesToo(String file) {
        bridge.newTenant().api().put("/v1/config", file).expect(422);
        assertThat(faults(file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook: {url: '${env:URL}', secret: '${env:SECRET}'}",
                "webhook: {url: 'https://a.example.com/', secret: true}",
                "devices: [{name: X, number: '${env:NUMBER}', signingKey: '${file:/run/secrets/key}'}]",
                "devices: [{name: X, signingKey: true, transport: {type: twilio, accountSid: '${env:SID}', authToken: true}}]",
                "connections: [{name: X, outboundUrl: 'https://a.example.com/', http: {auth: {type: bearer, token: true}}}]",
                "rules: [{name: X, then: [{type: connection, id: SAP}, {type: webhook, url: '${env:URL}', secret: true}]}]",
            })
    void placeholdersAndTheTrueOfSecretsAreRightWhereTheyAreTaken(String file) {
        assertThat(faults(file)).isEmpty();
    }
}
