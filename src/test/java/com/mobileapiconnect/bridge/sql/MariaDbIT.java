package com.mobileapiconnect.bridge.sql;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.MariaDb;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of MariaDB, by its own URL and by one of MySQL: each once, and nothing is cut off in silence. */
class MariaDbIT {

    private static MariaDb server;
    private static RunningBridge bridge;

    private final Api tenant = bridge.newTenant().api();
    private final Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
            .expect(201)
            .at("/token"));

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(MariaDb.isInstalled(), MariaDb.MISSING);
        server = MariaDb.start();
        bridge = RunningBridge.shared(Database.SQLITE);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            bridge.close();
        }
    }

    @BeforeEach
    void table() throws SQLException {
        sql("mysql", "create or replace database erp character set utf8mb4");
        sql("erp", "create table `in` (`id` varchar(40) primary key, `body text` varchar(10), n integer)");
    }

    private static void sql(String database, String statement) throws SQLException {
        try (Connection connection = connect(database);
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.url("mariadb", database) + "?user=root");
    }

    private static List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        try (Connection connection = connect("erp");
                Statement each = connection.createStatement();
                ResultSet row = each.executeQuery("select `body text` from `in` order by 1")) {
            while (row.next()) {
                bodies.add(row.getString(1));
            }
            return bodies;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sms(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private JsonNode delivery(String message) {
        return tenant.get("/v1/deliveries?messageId=" + message).json().at("/data/0");
    }

    private void becomes(String message, String status) {
        within(60, () -> assertThat(delivery(message).path("status").asText()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aMessageIsARowOnceAndWhatDoesNotFitIsRefused(String scheme) {
        bridge.operator()
                .put(
                        "/v1/resources/maria",
                        "{\"kind\":\"database\",\"url\":\"" + server.url(scheme, "erp")
                                + "\",\"username\":\"root\",\"tenants\":\"all\"}")
                .expect(200);
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"connector\":\"sql-insert\",\"properties\":{\"database\":\"maria\",\"table\":\"in\",\"key\":\"id\","
                                + "\"fields\":{\"body text\":\"{{text}}\",\"n\":{\"value\":\"5\",\"as\":\"integer\"}}}}")
                .expect(201);

        String fits = sms("grüße 🔑");
        String long1 = sms("longer than ten");
        becomes(fits, "delivered");
        becomes(long1, "failed");
        assertThat(delivery(long1).at("/attempts/0/error").asText())
                .isEqualTo("The column body text takes at most 10 characters, and the value has 15");

        tenant.post("/v1/deliveries/" + delivery(fits).path("id").asText() + "/retry")
                .expect(202);
        within(60, () -> assertThat(delivery(fits).path("attempts")).hasSize(2));
        becomes(fits, "delivered");
        assertThat(bodies()).containsExactly("grüße 🔑");
    }
}
