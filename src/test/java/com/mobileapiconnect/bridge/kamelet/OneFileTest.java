package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector that integrators begin with, as it stands in examples/connectors. */
class OneFileTest {

    private static final Path EXAMPLE = Path.of("examples/connectors/ticket-table.kamelet.yaml");
    /** Syntax in SQL, JSON, URIs and Camel's languages. */
    private static final String QUEUE = "a'b?c=d&{{e}}${body}#bean:f";

    @Test
    void itWritesARowForEachSmsWhoseRepeatChangesNothing(@TempDir Path data, @TempDir Path outside)
            throws IOException, SQLException {
        Path connectors = Files.createDirectory(data.resolve("connectors"));
        Files.copy(EXAMPLE, connectors.resolve(EXAMPLE.getFileName()));
        String erp = "jdbc:sqlite:" + outside.resolve("erp.db");
        try (Connection database = DriverManager.getConnection(erp + "?busy_timeout=120000");
                Statement sql = database.createStatement();
                RunningBridge bridge = RunningBridge.start(
                        data, "bridge.connectors.dir=" + connectors, "bridge.resource.databases=erp=" + erp)) {
            sql.execute("create table ticket (id text primary key, queue text, writer text, content text)");
            String connection = bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"T\",\"connector\":\"ticket-table\",\"properties\":{\"queue\":\"" + QUEUE
                                    + "\",\"token\":\"t-123456\"}}")
                    .expect(201)
                    .at("/id");
            String text = "it's {{text}} ${body} :#queue";
            JsonNode delivery = delivered(bridge, "/v1/inbound", text);

            assertThat(row(sql))
                    .isEqualTo(
                            QUEUE + " t-123456 {\"subject\":\"SMS from 919876543210\",\"content\":\"" + text + "\"}");
            assertThat(delivery.at("/externalId").asText())
                    .isEqualTo(delivery.at("/id").asText());
            bridge.tenant()
                    .post("/v1/deliveries/" + delivery.at("/id").asText() + "/retry")
                    .expect(202);
            within(20, () -> assertThat(bridge.tenant()
                            .get("/v1/deliveries/" + delivery.at("/id").asText())
                            .json()
                            .get("attempts"))
                    .hasSize(2));
            assertThat(row(sql)).startsWith(QUEUE);

            String preview = bridge.tenant()
                    .post(
                            "/v1/connections/" + connection + "/preview",
                            "{\"message\":{\"from\":\"919876543210\",\"text\":\"balance\"}}")
                    .expect(200)
                    .text();
            assertThat(preview).contains("insert into ticket").doesNotContain("t-123456");
        }
    }

    private static JsonNode delivered(RunningBridge bridge, String path, String text) {
        String message = bridge.phone()
                .post(path, "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
        String query = "/v1/deliveries?messageId=" + message;
        within(30, () -> assertThat(bridge.tenant().get(query).at("/data/0/status"))
                .isEqualTo("delivered"));
        return bridge.tenant().get(query).json().at("/data/0");
    }

    /** The only row. */
    private static String row(Statement sql) throws SQLException {
        try (ResultSet rows =
                sql.executeQuery("select count(*), min(queue || ' ' || writer || ' ' || content) from ticket")) {
            assertThat(rows.getInt(1)).isEqualTo(1);
            return rows.getString(2);
        }
    }
}
