package com.mobileapiconnect.bridge.drop;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.Findings;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages become files, or lines of a file, in a folder of the operator's; each once. */
class FileDropTest extends SharedSqliteSuite {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final RunningBridge.NewTenant owner = bridge.newTenant();
    private final Api tenant = owner.api();
    private final Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
            .expect(201)
            .at("/token"));
    private final String name = "drop" + System.nanoTime();

    @BeforeEach
    void resource() {
        bridge.operator()
                .put("/v1/resources/" + name, "{\"kind\":\"folder\",\"path\":\"" + folder + "\",\"tenants\":\"all\"}")
                .expect(200);
    }

    private Api.Reply connect(String more) {
        return tenant.post(
                "/v1/connections",
                "{\"name\":\"ERP\",\"connector\":\"file-drop\",\"redelivery\":{\"initialDelay\":\"PT0.2S\",\"multiplier\":1,\"maxAttempts\":1000},"
                        + "\"properties\":{\"folder\":\"" + name + "\"" + more + "}}");
    }

    private String sms(String from, String text) {
        return phone.post("/v1/inbound", "{\"from\":\"" + from + "\",\"text\":" + JSON.valueToTree(text) + "}")
                .expect(202)
                .at("/messages/0/id");
    }

    private JsonNode delivery(String message) {
        return tenant.get("/v1/deliveries?messageId=" + message).json().at("/data/0");
    }

    private void delivered(String message) {
        within(30, () -> assertThat(delivery(message).path("status").asText()).isEqualTo("delivered"));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void again(String message) {
        int before = delivery(message).path("attempts").size();
        tenant.post("/v1/deliveries/" + delivery(message).path("id").asText() + "/retry")
                .expect(202);
        within(30, () -> assertThat(delivery(message).path("attempts")).hasSize(before + 1));
        delivered(message);
    }

    @Test
    void eachMessageIsAFileNamedByItsDelivery() throws IOException {
        connect("").expect(201);

        String message = sms("919876543210", "../../etc/passwd \"x\"");

        delivered(message);
        String id = delivery(message).path("id").asText();
        assertThat(files()).containsExactly(folder.resolve(id + ".json"));
        JsonNode record = JSON.readTree(folder.resolve(id + ".json").toFile());
        assertThat(record.path("deliveryId").asText()).isEqualTo(id);
        assertThat(record.path("text").asText()).isEqualTo("../../etc/passwd \"x\"");

        again(message);
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFileInCsvHasItsHeadAndNothingThatIsAFormula() throws IOException {
        connect(",\"format\":\"csv\",\"fields\":{\"who\":\"{{from}}\",\"what\":\"{{text}}\"}")
                .expect(201);

        String message = sms("+919876543210", "=cmd|'/c calc'!A1\nsecond; \"line\"");

        delivered(message);
        String id = delivery(message).path("id").asText();
        assertThat(Files.readAllLines(folder.resolve(id + ".csv")))
                .containsExactly(
                        "\"deliveryId\",\"who\",\"what\"",
                        "\"" + id + "\",\"+919876543210\",\"'=cmd|'/c calc'!A1 second; \"\"line\"\"\"");
    }

    @Test
    void aFileOfPayloadsHasTheSameColumnsWhetherARuleMatchedOrNot() throws IOException {
        connect(",\"mode\":\"append\",\"name\":\"in\",\"format\":\"csv\"").expect(201);
        String rule = tenant.post(
                        "/v1/rules",
                        "{\"name\":\"B\",\"when\":{\"field\":\"text\",\"op\":\"keyword\",\"value\":\"balance\"},\"then\":[]}")
                .expect(201)
                .at("/id");
        delivered(sms("919876543210", "none"));
        delivered(sms("919876543210", "balance"));

        List<String> lines = Files.readAllLines(folder.resolve("in.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith(",\"matchedRuleId\"");
        assertThat(lines.get(1)).endsWith(",\"\"");
        assertThat(lines.get(2)).endsWith(",\"" + rule + "\"");
    }

    @Test
    void linesAreAddedToOneFileEachOnce() throws IOException {
        connect(",\"mode\":\"append\",\"name\":\"in\",\"fields\":{\"t\":\"{{text}}\"}")
                .expect(201);
        String messages = IntStream.range(0, 100)
                .mapToObj(i -> "{\"id\":\"%d\",\"from\":\"91987654%04d\",\"text\":\"%d\"}".formatted(i, i, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        phone.post("/v1/inbound", messages).expect(202);
        Path file = folder.resolve("in.jsonl");
        within(30, () -> assertThat(Files.exists(file) ? Files.readAllLines(file) : List.of())
                .hasSize(100));

        String message = sms("919876543210", "last");
        delivered(message);
        again(message);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(101).doesNotHaveDuplicates();
        assertThat(lines.get(100)).endsWith("\"t\":\"last\"}");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aFolderThatIsNotThereIsTriedAgain() throws IOException {
        connect("").expect(201);
        Files.delete(folder);

        String message = sms("919876543210", "waits");

        within(30, () -> assertThat(delivery(message).at("/attempts/0/error").asText())
                .isEqualTo("The folder is not there"));
        Files.createDirectory(folder);
        delivered(message);
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"../../etc/cron\"",
                "\"name\":\"a/b\"",
                "\"name\":\".hidden\"",
                "\"name\":\"{{from}}\"",
                "\"name\":\"a.jar\"",
                "\"format\":\"xml\"",
                "\"mode\":\"overwrite\""
            })
    void aNameThatLeadsElsewhereIsRefused(String property) {
        assertThat(connect(",\"mode\":\"append\"," + property).status()).isIn(400, 422);
        assertThat(files()).isEmpty();
    }

    @Test
    void theTestLooksAtTheFolderAndWritesNothing() throws IOException {
        String id = connect("").expect(201).at("/id");
        assertThat(test(id).faults()).isEmpty();
        assertThat(files()).isEmpty();

        Files.delete(folder);
        assertThat(test(id).faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains(name));
        Files.createDirectory(folder);
    }

    private ErpFindings test(String connection) {
        return Findings.of(bridge, "file", owner.id(), connection, Duration.ofSeconds(60));
    }
}
