package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Routes that fetch by themselves, and in vain. */
class FetchingTest {

    @TempDir
    static Path directory;

    private static RunningBridge bridge;
    private static Api operator;
    private static String shop;

    @BeforeAll
    static void start() throws IOException {
        shop = "jdbc:sqlite:" + directory.resolve("shop.db");
        bridge = RunningBridge.start(
                directory.resolve("data"),
                "bridge.routes.dir=" + Files.createDirectory(directory.resolve("routes")),
                "bridge.resource.databases=shop=" + shop,
                "bridge.routes.start-within=PT2M");
        operator = bridge.operator();
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    private static Api.Reply put(String name, String uri, String parameters) {
        return operator.put("/v1/routes/" + name, """
                - route:
                    id: %1$s
                    from:
                      uri: "%2$s"
                      parameters: {%3$s}
                      steps:
                        - log: "%1$s"
                """.formatted(name, uri, parameters));
    }

    private static JsonNode route(String name) {
        for (JsonNode route : operator.get("/v1/routes").json().get("data")) {
            if (route.path("name").asText().equals(name)) {
                return route;
            }
        }
        throw new AssertionError("There is no route " + name);
    }

    @Test
    void aTableThatIsNotThereIsSaidAndIsNoFaultOnceItIs() throws SQLException {
        put("orders", "sql:select id from orders", "dataSource: '#shop', delay: 200")
                .expect(200);
        within(30, () -> assertThat(route("orders").path("error").asText())
                .startsWith("The route orders fetches nothing: its last ")
                .contains("no such table: orders"));
        assertThat(route("orders").path("status").asText()).isEqualTo("running");

        try (Connection database = DriverManager.getConnection(shop);
                Statement sql = database.createStatement()) {
            sql.execute("create table orders (id integer)");
        }
        within(30, () -> assertThat(route("orders").path("error").isNull()).isTrue());
    }

    @Test
    void brokersThatDoNotAnswerAreSaid() throws IOException {
        String brokers = "127.0.0.1:" + Ports.free();
        put("topic", "kafka:sms-in", "brokers: '" + brokers + "', groupId: bridge")
                .expect(200);
        within(60, () -> assertThat(route("topic").path("error").asText())
                .startsWith("The route topic fetches nothing: no broker of " + brokers + " answers"));
    }

    @Test
    void severalMayFetchFromOneServerAndNoneTheSame() {
        put("one", "sql", "query: select 1 as a, dataSource: '#shop', delay: 60000")
                .expect(200);
        put("two", "sql", "query: select 2 as a, dataSource: '#shop', delay: 60000")
                .expect(200);
        put("three", "sql:select 3 as a", "dataSource: '#shop', delay: 60000").expect(200);
        Api.Reply same = put("same", "sql", "delay: 60000, dataSource: '#shop', query: select 2 as a");
        assertThat(same.expect(422).text()).contains("A route that begins with sql is in the file two already");
    }

    @Test
    void aRouteThatFailsTwiceASecondIsALineAMinute() {
        Logger log = (Logger) LoggerFactory.getLogger(FailedPolls.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            int[] usual = {0};
            FailedPolls failed = new FailedPolls("mails", new Counting(usual));
            for (int i = 0; i < 10; i++) {
                failed.handleException(
                        "Failed polling", new IllegalStateException("x", new ConnectException("refused\nat home")));
            }
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("The route mails fetches nothing: ConnectException: refused");
            failed.handleException("Error", new DefaultExchange(camel), new IllegalStateException("y"));
            assertThat(usual[0]).isEqualTo(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            log.detachAppender(lines);
        }
    }

    private record Counting(int[] count) implements ExceptionHandler {

        @Override
        public void handleException(Throwable failure) {
            count[0]++;
        }

        @Override
        public void handleException(String message, Throwable failure) {
            count[0]++;
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable failure) {
            count[0]++;
        }
    }
}
