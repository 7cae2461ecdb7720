package com.mobileapiconnect.bridge.destination;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.LedgerConnector.LedgerSender;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection's properties: checked by the schema of its connector, their secrets sealed and never shown. */
@OnBothDatabases
class ConnectorPropertiesTest {

    private static final String SECRET = "swordfish-of-1953-hidden";
    private static final String NEWER = "tuna-of-1954-hidden";
    private static final String FULL =
            "{\"table\":\"sms\",\"batch\":10,\"mode\":\"upsert\",\"password\":\"" + SECRET + "\"}";

    static RunningBridge bridge;
    static LedgerSender sender;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(List.of(LedgerConnector.class), data, database);
        sender = bridge.bean(LedgerSender.class);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private static Api.Reply create(Api tenant, String properties) {
        return tenant.post(
                "/v1/connections", "{\"name\":\"Books\",\"connector\":\"ledger\",\"properties\":" + properties + "}");
    }

    private static Api.Reply put(String id, String more) {
        return bridge.tenant()
                .put("/v1/connections/" + id, "{\"name\":\"Books\",\"connector\":\"ledger\"" + more + "}");
    }

    private static String properties(String id) {
        return bridge.tenant()
                .get("/v1/connections/" + id)
                .expect(200)
                .json()
                .path("properties")
                .toString();
    }

    /** The settings that its sender gets now. */
    private static TargetProperties called(RunningBridge running, String id) {
        running.bean(LedgerSender.class).calls.remove(id);
        running.tenant().post("/v1/connections/" + id + "/test").expect(200);
        return running.bean(LedgerSender.class).calls.get(id);
    }

    @Test
    void theCatalogueListsItWithItsSchema() {
        assertThat(bridge.tenant().get("/v1/connectors?limit=500").expect(200).text())
                .contains(
                        "{\"name\":\"webhook\",\"title\":\"Webhook\",\"description\":"
                                + "\"A signed POST of the message as JSON to a URL of yours.\",\"kind\":\"product\","
                                + "\"needs\":[\"outboundUrl\"],\"properties\":"
                                + "{\"type\":\"object\",\"additionalProperties\":false}}",
                        "{\"name\":\"ledger\",\"title\":\"Ledger\",\"description\":"
                                + "\"A row in a table for each message.\",\"kind\":\"product\",\"needs\":[],\"properties\":"
                                + LedgerConnector.SCHEMA + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{} -> properties.table -> must be given",
                "{\"table\":null} -> properties.table -> must be given",
                "{\"table\":7} -> properties.table -> must be a string",
                "{\"table\":\"SMS\"} -> properties.table -> must match ^[a-z_]+$",
                "{\"table\":\"a_table_of_a_long_name\"} -> properties.table -> must be at most 20 characters",
                "{\"table\":\"sms\",\"batch\":0} -> properties.batch -> must be at least 1",
                "{\"table\":\"sms\",\"batch\":1000} -> properties.batch -> must be at most 100",
                "{\"table\":\"sms\",\"batch\":1.5} -> properties.batch -> must be a whole number",
                "{\"table\":\"sms\",\"mode\":\"x\"} -> properties.mode -> must be one of create, upsert",
                "{\"table\":\"sms\",\"host\":\"a b\"} -> properties.host -> must be of the format hostname",
                "{\"table\":\"sms\",\"fields\":{\"a\":[1]}} -> properties.fields.a -> must be a string or an object",
                "{\"table\":\"sms\",\"password\":\"short\"} -> properties.password -> must be at least 8 characters",
                "{\"table\":\"sms\",\"password\":7} -> properties.password -> must be a string",
                "{\"table\":\"sms\",\"password\":true} -> properties.password -> must be a string: true keeps a stored secret, and there is none",
                "{\"table\":\"sms\",\"batch\":1e400} -> properties -> must not have a number beyond 1.7e308",
                "[] -> properties -> must be an object",
                "{\"a\":[[[[[[[[]]]]]]]]} -> properties -> must not be nested deeper than 8",
            })
    void whatIsWrongIsNamedInPlainWords(String properties, String field, String message) {
        JsonNode errors = create(bridge.tenant(), properties).expect(422).json().path("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.at("/0/field").asText()).isEqualTo(field);
        assertThat(errors.at("/0/message").asText()).isEqualTo(message);
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNoValueWithIt() {
        String answer = create(bridge.tenant(), "{\"batch\":0,\"tabel\":\"x\",\"password\":\"fishy\"}")
                .expect(422)
                .text();
        assertThat(answer)
                .contains("properties.table", "properties.batch", "properties.password")
                .contains("\"properties.tabel\",\"message\":\"is unknown; this connector has table, batch,")
                .doesNotContain("fishy");
    }

    @Test
    void propertiesAreBounded() {
        String large = "{\"table\":\"sms\",\"fields\":{\"a\":\"" + "x".repeat(70_000) + "\"}}";
        assertThat(create(bridge.tenant(), large).expect(422).at("/errors/0/message"))
                .isEqualTo("must be at most 64 KiB of JSON");
        StringBuilder many = new StringBuilder("{\"table\":\"sms\"");
        for (int i = 0; i < 1_001; i++) {
            many.append(",\"p").append(i).append("\":1");
        }
        assertThat(create(bridge.tenant(), many + "}").expect(422).at("/errors/0/message"))
                .isEqualTo("must have at most 1000 values in all");
    }

    @Test
    void aConnectorThatCallsNoUrlTakesNone() {
        Api.Reply answer = bridge.tenant().post("/v1/connections", """
                {"name":"Books","connector":"ledger","outboundUrl":"https://erp.example.com/","properties":{"table":"sms"},
                 "http":{"headers":{"X-A":"b"}},"success":[302],"failureWhen":{"contains":"x"},"replyFrom":"/text"}""").expect(422);
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("outboundUrl", "http", "success", "failureWhen", "replyFrom");
        assertThat(bridge.tenant()
                        .post("/v1/connections", "{\"name\":\"X\",\"connector\":\"reply\"}")
                        .expect(422)
                        .at("/errors/0/message"))
                .startsWith("must be one of ")
                .contains("ledger, ", "webhook")
                .doesNotContain("reply");
    }

    @Test
    void aSecretIsShownAsTrueEverywhereAndItsSenderGetsItOpened() {
        Api.Reply made = create(bridge.tenant(), FULL).expect(201);
        String id = made.at("/id");
        String shown = "{\"table\":\"sms\",\"batch\":10,\"mode\":\"upsert\",\"password\":true}";
        assertThat(made.json().path("properties").toString()).isEqualTo(shown);
        assertThat(made.json().path("outboundUrl").isNull()).isTrue();
        assertThat(properties(id)).isEqualTo(shown);
        assertThat(bridge.tenant().get("/v1/connections").text())
                .contains(shown)
                .doesNotContain(SECRET);
        assertThat(bridge.tenant().get("/v1/config").text())
                .contains("password: true")
                .doesNotContain(SECRET);
        assertThat(bridge.tenant().get("/v1/audit").text()).contains(id).doesNotContain(SECRET);

        bridge.phone()
                .post("/v1/inbound", "{\"id\":\"p-1\",\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
        eventually(() -> assertThat(sender.calls).containsKey(id));

        TargetProperties got = sender.calls.get(id);
        assertThat(got.secrets()).containsExactly(Map.entry("password", new Redacted(SECRET)));
        assertThat(got.plain().toString()).isEqualTo("{\"table\":\"sms\",\"batch\":10,\"mode\":\"upsert\"}");
        assertThat(got.toString()).doesNotContain(SECRET);
        eventually(() -> assertThat(bridge.tenant()
                        .get("/v1/deliveries?status=delivered&target=" + id)
                        .text())
                .contains("message.received")
                .doesNotContain(SECRET));
    }

    @Test
    void aPutKeepsTheSecretThatItLeavesOutOrGivesBackAsTrueAndReplacesAllElse() {
        String id = create(bridge.tenant(), FULL).expect(201).at("/id");

        put(id, ",\"properties\":{\"table\":\"other\"}").expect(200);
        assertThat(properties(id)).isEqualTo("{\"table\":\"other\",\"password\":true}");
        assertThat(called(bridge, id).secrets()).containsValue(new Redacted(SECRET));

        put(id, ",\"properties\":" + properties(id)).expect(200);
        assertThat(called(bridge, id).secrets()).containsValue(new Redacted(SECRET));

        put(id, ",\"properties\":{\"table\":\"other\",\"password\":\"" + NEWER + "\"}")
                .expect(200);
        assertThat(called(bridge, id).secrets()).containsValue(new Redacted(NEWER));

        put(id, ",\"properties\":{\"table\":\"other\",\"password\":null}").expect(200);
        assertThat(properties(id)).isEqualTo("{\"table\":\"other\"}");
        assertThat(called(bridge, id).secrets()).isEmpty();
    }

    @Test
    void aPutThatIsRefusedChangesNothing() {
        String id = create(bridge.tenant(), FULL).expect(201).at("/id");
        String before = properties(id);

        put(id, ",\"properties\":{\"table\":\"other\",\"batch\":0,\"password\":\"" + NEWER + "\"}")
                .expect(422);

        assertThat(properties(id)).isEqualTo(before);
        assertThat(called(bridge, id).secrets()).containsValue(new Redacted(SECRET));
    }

    @Test
    void aSecretDoesNotFollowToAnotherHostOrConnector() {
        String id = create(bridge.tenant(), FULL.replace("}", ",\"host\":\"db.example.com\"}"))
                .expect(201)
                .at("/id");
        assertThat(put(id, ",\"properties\":{\"table\":\"sms\",\"host\":\"evil.example.com\"}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("properties.password");

        String webhook = "{\"name\":\"Books\",\"outboundUrl\":\"https://erp.example.com/\"}";
        bridge.tenant().put("/v1/connections/" + id, webhook).expect(200);
        put(id, ",\"properties\":{\"table\":\"sms\"}").expect(200);
        assertThat(properties(id)).isEqualTo("{\"table\":\"sms\"}");
    }

    @Test
    void aFileOfTheConfigurationPutBackKeepsTheSecret() {
        String id = create(bridge.tenant(), FULL).expect(201).at("/id");
        String file = bridge.tenant().get("/v1/config").text();

        assertThat(bridge.tenant().put("/v1/config", file).expect(200).json().at("/connections/changed"))
                .isEmpty();
        bridge.tenant()
                .put("/v1/config", file.replace("table: sms", "table: texts"))
                .expect(200);

        assertThat(properties(id)).contains("\"table\":\"texts\"", "\"password\":true");
        assertThat(called(bridge, id).secrets()).containsValue(new Redacted(SECRET));
    }

    @Test
    void anotherMasterKeySealsTheSecretAnewAndNoFileHoldsItInClear(Database database, @TempDir Path data)
            throws IOException {
        String first = PostgresServer.MASTER_KEY;
        String second = "another-master-key-of-enough-characters";
        String[] url = Arrays.stream(database.settings())
                .filter(setting -> !setting.startsWith("bridge.master-key="))
                .toArray(String[]::new);
        String id;
        try (RunningBridge before = start(data, url, "bridge.master-key=" + first)) {
            id = create(before.tenant(), FULL).expect(201).at("/id");
        }
        try (RunningBridge after =
                start(data, url, "bridge.master-key=" + second, "bridge.master-key-previous=" + first)) {
            assertThat(called(after, id).secrets()).containsValue(new Redacted(SECRET));
        }
        try (RunningBridge after = start(data, url, "bridge.master-key=" + second)) {
            assertThat(called(after, id).secrets()).containsValue(new Redacted(SECRET));
        }
        if (database == Database.POSTGRESQL) {
            PostgresServer.shared().execute("checkpoint");
        }
        Path files = database == Database.POSTGRESQL ? PostgresServer.shared().directory() : data;
        assertThat(holding("Books", files)).isNotEmpty();
        assertThat(holding(SECRET, files)).isEmpty();
    }

    private static RunningBridge start(Path data, String[] url, String... more) {
        return RunningBridge.start(
                List.of(LedgerConnector.class),
                data,
                Stream.of(url, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static String bytes(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** Files that come and go meanwhile, as those of a running server do, hold nothing. */
    private static List<Path> holding(String text, Path directory) throws IOException {
        List<Path> holding = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (attributes.isRegularFile() && bytes(file).contains(text)) {
                        holding.add(file);
                    }
                } catch (NoSuchFileException gone) {
                    return visitFileFailed(file, gone);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return holding;
    }
}
