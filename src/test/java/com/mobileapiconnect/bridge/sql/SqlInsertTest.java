package com.mobileapiconnect.bridge.sql;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.Findings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages become rows, each once; a row that is refused says why and spoils no other. */
class SqlInsertTest extends SharedSqliteSuite {

    private final RunningBridge.NewTenant owner = bridge.newTenant();
    private final Api tenant = owner.api();
    private final Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
            .expect(201)
            .at("/token"));

    private String resource(String url) {
        String name = "erp" + System.nanoTime();
        bridge.operator()
                .put(
                        "/v1/resources/" + name,
                        "{\"kind\":\"database\",\"url\":\"" + url + "\",\"tenants\":[\"" + owner.id() + "\"]}")
                .expect(200);
        return name;
    }

    private static String properties(String database, String table, String fields) {
        return "\"properties\":{\"database\":\"" + database + "\",\"table\":\"" + table
                + "\",\"key\":\"id\",\"fields\":{" + fields + "}}";
    }

    private String connect(String properties, String more) {
        return tenant.post(
                        "/v1/connections", "{\"name\":\"ERP\",\"connector\":\"sql-insert\"," + properties + more + "}")
                .expect(201)
                .at("/id");
    }

    private void backlog(int from, int to) {
        String messages = IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":\"%d\",\"from\":\"91987654%04d\",\"text\":\"%d\"}".formatted(i, i, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        phone.post("/v1/inbound", messages).expect(202);
    }

    private String sms(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private JsonNode delivery(String message) {
        return tenant.get("/v1/deliveries?messageId=" + message).json().at("/data/0");
    }

    private String status(String message) {
        return delivery(message).path("status").asText();
    }

    private static String error(JsonNode delivery) {
        JsonNode attempts = delivery.path("attempts");
        return attempts.path(attempts.size() - 1).path("error").asText();
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void eachMessageIsARowWithTheFieldsOfTheMapping(ErpDatabase kind) throws SQLException {
        String table = kind.table("sender varchar(64), body text, sim integer, at timestamp, known boolean");
        connect(
                properties(
                        resource(kind.url()),
                        table,
                        "\"sender\":\"{{from}}\",\"body\":\"{{text}}\",\"at\":\"{{receivedAt}}\",\"sim\":{\"value\":\"{{sim}}\",\"as\":\"integer\",\"default\":7},"
                                + "\"known\":{\"value\":\"true\",\"as\":\"boolean\"}"),
                "");

        String message = sms("it's \\\"quoted\\\"; drop table " + table + " --");

        within(30, () -> assertThat(kind.rows("select sender, body, sim from " + table))
                .containsExactly("919876543210|it's \"quoted\"; drop table " + table + " --|7"));
        eventually(() -> assertThat(status(message)).isEqualTo("delivered"));
        assertThat(delivery(message).path("externalId").asText())
                .isEqualTo(delivery(message).path("id").asText());
        assertThat(kind.rows("select id from " + table))
                .containsExactly(delivery(message).path("id").asText());
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void aRepeatIsDoneAndMakesNoSecondRow(ErpDatabase kind) throws SQLException {
        String table = kind.table("body text");
        connect(properties(resource(kind.url()), table, "\"body\":\"{{text}}\""), "");
        String message = sms("once");
        within(30, () -> assertThat(status(message)).isEqualTo("delivered"));

        tenant.post("/v1/deliveries/" + delivery(message).path("id").asText() + "/retry")
                .expect(202);

        within(30, () -> assertThat(delivery(message).path("attempts")).hasSize(2));
        assertThat(status(message)).isEqualTo("delivered");
        assertThat(kind.rows("select body from " + table)).containsExactly("once");
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void aRepeatWithoutAUniqueIndexMakesNoSecondRowEither(ErpDatabase kind) throws SQLException {
        String table = kind.table("body text", "id varchar(40)");
        connect(properties(resource(kind.url()), table, "\"body\":\"{{text}}\""), "");
        String message = sms("once");
        within(30, () -> assertThat(status(message)).isEqualTo("delivered"));

        tenant.post("/v1/deliveries/" + delivery(message).path("id").asText() + "/retry")
                .expect(202);

        within(30, () -> assertThat(delivery(message).path("attempts")).hasSize(2));
        assertThat(kind.rows("select body from " + table)).containsExactly("once");
    }

    @Test
    void theKeyIsNotMapped() throws SQLException {
        Api.Reply reply = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"connector\":\"sql-insert\","
                                + properties(resource(ErpDatabase.SQLITE.url()), "t", "\"ID\":\"{{text}}\"") + "}")
                .expect(422);
        assertThat(reply.at("/errors/0/field")).isEqualTo("properties.fields.ID");
    }

    /** A trigger raises a state of its own, which says nothing of the rows that were sent with the one that it refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"P0001", "45000", "0A000"})
    void whatATriggerRefusesSpoilsNoneOfItsNeighbours(String state) throws SQLException {
        ErpDatabase kind = ErpDatabase.POSTGRESQL;
        String table = kind.table("body varchar(20)");
        try (Connection jdbc = kind.connect();
                Statement statement = jdbc.createStatement()) {
            statement.execute("create function refuse_" + table + "() returns trigger language plpgsql as $$ begin"
                    + " if new.body = '13' then raise exception 'customer % is closed', new.body using errcode = '"
                    + state + "'; end if; return new; end $$");
            statement.execute("create trigger closed before insert on " + table
                    + " for each row execute function refuse_" + table + "()");
        }
        connect(
                properties(resource(kind.url()), table, "\"body\":\"{{text}}\""),
                ",\"concurrency\":16,\"redelivery\":{\"initialDelay\":\"PT1H\"}");

        backlog(0, 40);

        within(60, () -> assertThat(kind.rows("select body from " + table)).hasSize(39));
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=delivered").json().get("data"))
                .hasSize(39)
                .allSatisfy(each -> assertThat(each.path("attempts").size()).isLessThanOrEqualTo(1)));
        boolean isKnown = !state.equals("0A000");
        JsonNode refused = tenant.get("/v1/deliveries?status=" + (isKnown ? "failed" : "pending"))
                .json()
                .get("data");
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).path("attempts")).hasSize(1);
        assertThat(error(refused.get(0))).contains("customer 13 is closed");
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void aColumnThatWasJustAddedIsUsed(ErpDatabase kind) throws SQLException {
        String table = kind.table("body text");
        String database = resource(kind.url());
        String id = connect(properties(database, table, "\"body\":\"{{text}}\""), "");
        String before = sms("before");
        within(30, () -> assertThat(status(before)).isEqualTo("delivered"));

        try (Connection jdbc = kind.connect();
                Statement statement = jdbc.createStatement()) {
            statement.execute("alter table " + table + " add column sender varchar(40)");
        }
        tenant.put(
                        "/v1/connections/" + id,
                        "{\"name\":\"ERP\",\"connector\":\"sql-insert\","
                                + properties(database, table, "\"body\":\"{{text}}\",\"sender\":\"{{from}}\"") + "}")
                .expect(200);
        String after = sms("after");

        within(30, () -> assertThat(status(after)).isEqualTo("delivered"));
        assertThat(kind.rows("select sender from " + table + " where body = 'after'"))
                .containsExactly("919876543210");
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void oneBadRowSpoilsNoneOfItsNeighbours(ErpDatabase kind) throws SQLException {
        String table = kind.table("body varchar(20) check (body <> '13'), n integer");
        connect(
                properties(resource(kind.url()), table, "\"body\":\"{{text}}\",\"n\":\"{{text}}\""),
                ",\"concurrency\":16");

        backlog(0, 40);
        String text = sms("no number");

        within(60, () -> assertThat(kind.rows("select body from " + table)).hasSize(39));
        List<String> reasons = new ArrayList<>();
        within(30, () -> {
            reasons.clear();
            tenant.get("/v1/deliveries?status=failed")
                    .json()
                    .get("data")
                    .forEach(each -> reasons.add(each.path("reason").asText() + ": " + error(each)));
            assertThat(reasons).hasSize(2);
        });
        assertThat(reasons).allMatch(each -> each.startsWith("rejected: "));
        assertThat(error(delivery(text)))
                .startsWith("The column n takes a whole number")
                .doesNotContain("no number");
    }

    @Test
    void anAnswerThatIsLostIsNoSecondRow() throws SQLException, IOException {
        String table = ErpDatabase.POSTGRESQL.table("body text");
        try (LosingProxy proxy = new LosingProxy(ErpDatabase.port())) {
            connect(
                    properties(
                            resource(
                                    ErpDatabase.POSTGRESQL.url().replace(":" + ErpDatabase.port(), ":" + proxy.port())),
                            table,
                            "\"body\":\"{{text}}\""),
                    ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"maxAttempts\":1000}");
            proxy.loseNextAnswerTo("INSERT 0 1");

            String message = sms("once");

            within(60, () -> assertThat(status(message)).isEqualTo("delivered"));
            assertThat(proxy.lost()).isEqualTo(1);
            assertThat(delivery(message).path("attempts").size()).isGreaterThan(1);
            assertThat(ErpDatabase.POSTGRESQL.rows("select body from " + table)).containsExactly("once");
        }
    }

    @Test
    void aLockedTableCostsItsOwnConnectionAlone() throws SQLException {
        ErpDatabase kind = ErpDatabase.POSTGRESQL;
        String locked = kind.table("body text");
        String free = kind.table("body text");
        String database = resource(kind.url());
        connect(
                properties(database, locked, "\"body\":\"{{text}}\""),
                ",\"redelivery\":{\"timeout\":\"PT2S\",\"initialDelay\":\"PT0.2S\",\"multiplier\":1,\"maxAttempts\":1000}");
        connect(properties(database, free, "\"body\":\"{{text}}\""), "");
        try (Connection connection = kind.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + locked);
            backlog(0, 20);
            within(30, () -> assertThat(kind.rows("select body from " + free)).hasSize(20));
            connection.rollback();
        }
        within(90, () -> assertThat(kind.rows("select body from " + locked)).hasSize(20));
    }

    @Test
    void anotherPlaceOfTheResourceReachesARunningConnection() throws SQLException {
        ErpDatabase kind = ErpDatabase.SQLITE;
        String table = kind.table("body text");
        String database = resource(kind.url());
        connect(properties(database, table, "\"body\":\"{{text}}\""), "");
        sms("first");
        within(30, () -> assertThat(kind.rows("select body from " + table)).containsExactly("first"));

        String elsewhere = ErpDatabase.POSTGRESQL.table(table, "body text", "id varchar(40) primary key");
        bridge.operator()
                .put(
                        "/v1/resources/" + database,
                        "{\"kind\":\"database\",\"url\":\"" + ErpDatabase.POSTGRESQL.url() + "\",\"tenants\":\"all\"}")
                .expect(200);
        sms("second");

        within(30, () -> assertThat(ErpDatabase.POSTGRESQL.rows("select body from " + elsewhere))
                .containsExactly("second"));
    }

    @Test
    void aConnectionNamesADatabaseOfItsTenantAndKeepsIt() throws SQLException {
        String table = ErpDatabase.SQLITE.table("body text");
        String database = resource(ErpDatabase.SQLITE.url());
        Api other = bridge.newTenant().api();
        String body =
                "{\"name\":\"ERP\",\"connector\":\"sql-insert\"," + properties(database, table, "\"body\":\"x\"") + "}";
        assertThat(other.post("/v1/connections", body).expect(422).at("/errors/0/field"))
                .isEqualTo("properties.database");

        String id = tenant.post("/v1/connections", body).expect(201).at("/id");
        assertThat(bridge.operator()
                        .delete("/v1/resources/" + database)
                        .expect(409)
                        .at("/detail"))
                .contains(id);
        bridge.operator()
                .put(
                        "/v1/resources/" + database,
                        "{\"kind\":\"database\",\"url\":\"" + ErpDatabase.SQLITE.url() + "\",\"tenants\":[]}")
                .expect(409);

        tenant.delete("/v1/connections/" + id).expect(204);
        bridge.operator().delete("/v1/resources/" + database).expect(204);
    }

    private ErpFindings test(String connection) {
        return Findings.of(bridge, "sql", owner.id(), connection, Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(ErpDatabase.class)
    void theTestFindsWhatIsWrongAndWritesNothing(ErpDatabase kind) throws SQLException {
        String table = kind.table("body text not null, n integer, must text not null");
        String database = resource(kind.url());

        assertThat(test(connect(properties(database, "none", "\"body\":\"x\""), ""))
                        .faults())
                .extracting(Fault::kind)
                .containsExactly(FaultKind.MISSING);
        assertThat(test(connect(properties(database, table, "\"nobody\":\"x\",\"must\":\"y\""), ""))
                        .faults())
                .extracting(Fault::kind)
                .containsExactlyInAnyOrder(FaultKind.FIELD, FaultKind.FIELD);
        ErpFindings right = test(connect(properties(database, table, "\"body\":\"{{text}}\",\"must\":\"y\""), ""));
        assertThat(right.faults()).isEmpty();
        assertThat(right.checked()).hasSize(4);
        assertThat(kind.rows("select id from " + table)).isEmpty();
    }
}
