package com.mobileapiconnect.bridge.plugin;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars in the directory of plugins: what is in a good one can be used, and a broken one harms nothing but itself. */
class PluginsTest {

    private static final String COMPONENT = """
            package acme;
            import java.util.Map;
            import org.apache.camel.*;
            import org.apache.camel.support.*;
            public class AcmeComponent extends DefaultComponent {
                @Override
                protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                    return new DefaultEndpoint(uri, this) {
                        public Producer createProducer() {
                            return new DefaultProducer(this) {
                                public void process(Exchange exchange) {
                                    exchange.getMessage().setBody("{\\"" + remaining + "\\":\\""
                                            + exchange.getVariable("credit") + "\\"}");
                                }
                            };
                        }
                        public Consumer createConsumer(Processor processor) {
                            throw new UnsupportedOperationException();
                        }
                        public boolean isSingleton() {
                            return true;
                        }
                    };
                }
            }
            """;
    private static final String CREDIT = """
            package acme;
            import com.mobileapiconnect.bridge.plugin.BridgeBean;
            import com.mobileapiconnect.bridge.thread.Workers;
            import org.apache.camel.*;
            @BridgeBean
            public class Credit implements Processor, AutoCloseable {
                public Credit(Workers workers) {
                    java.util.Objects.requireNonNull(workers);
                }
                @Override
                public void process(Exchange exchange) {
                    exchange.setVariable("credit", words.Words.GOOD);
                }
                @Override
                public void close() {
                    System.setProperty("acme.closed", "true");
                }
            }
            """;
    private static final String SENDER = """
            package acme;
            import com.mobileapiconnect.bridge.connector.*;
            import com.mobileapiconnect.bridge.delivery.*;
            import com.mobileapiconnect.bridge.plugin.BridgeBean;
            import com.mobileapiconnect.bridge.thread.Workers;
            import java.nio.file.*;
            @BridgeBean
            public class AcmeSender extends BlockingSender {
                public AcmeSender(Workers workers) {
                    super(workers);
                }
                @BridgeBean
                static Connector acmeDrop() {
                    return new Connector("acme-drop", "Acme", "Writes a file.", PropertySchema.of(
                            "{\\"type\\":\\"object\\",\\"required\\":[\\"file\\"],\\"properties\\":{\\"file\\":{\\"type\\":\\"string\\"}}}"),
                            false, true);
                }
                @Override
                public String connector() {
                    return "acme-drop";
                }
                @Override
                protected Outcome sendNow(Attempt attempt, byte[] body) throws Exception {
                    Files.write(Path.of(attempt.target().properties().plain().get("file").asText()), body);
                    return new Outcome.Delivered(new Outcome.Evidence(null, null, null, null));
                }
            }
            """;
    private static final String DRIVER = """
            package acme;
            import java.sql.*;
            import java.util.*;
            public class AcmeDriver implements Driver {
                public Connection connect(String url, Properties info) throws SQLException {
                    return acceptsURL(url) ? DriverManager.getConnection("jdbc:sqlite::memory:") : null;
                }
                public boolean acceptsURL(String url) {
                    return url.startsWith("jdbc:acme:");
                }
                public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
                    return new DriverPropertyInfo[0];
                }
                public int getMajorVersion() {
                    return 1;
                }
                public int getMinorVersion() {
                    return 2;
                }
                public boolean jdbcCompliant() {
                    return false;
                }
                public java.util.logging.Logger getParentLogger() {
                    return null;
                }
            }
            """;

    private static final String ROUTE = """
            - route:
                id: deliver
                description: Goes through a bean and a component of a plugin.
                from:
                  uri: outbox:due
                  steps:
                    - process:
                        ref: credit
                    - to: acme:answer
                    - to: outbox:send
            """;

    @TempDir
    static Path work;

    private static RunningBridge bridge;

    @BeforeAll
    static void start() throws IOException {
        Path plugins = Files.createDirectories(work.resolve("plugins"));
        PluginJars jars = PluginJars.compile(sources(), work, plugins);
        Map<String, String> acme = new TreeMap<>(PluginJars.maven("acme-bridge", "1.2"));
        acme.put("META-INF/services/org/apache/camel/component/acme", "class=acme.AcmeComponent\n");
        acme.put("META-INF/services/java.sql.Driver", "# the one\nacme.AcmeDriver\n");
        Path good = jars.jar("acme-bridge-1.2.jar", "acme", acme);
        jars.jar("words-2.0.1.jar", "words", Map.of());
        breakAll(jars, plugins, Files.readAllBytes(good));
        Path routes = Files.createDirectories(work.resolve("routes"));
        for (String name : new String[] {"accept", "errors", "intake"}) {
            Files.copy(Path.of("routes", name + ".camel.yaml"), routes.resolve(name + ".camel.yaml"));
        }
        Files.writeString(routes.resolve("deliver.camel.yaml"), ROUTE);
        bridge = RunningBridge.start(
                work.resolve("data"),
                "bridge.plugins.dir=" + plugins,
                "bridge.routes.dir=" + routes,
                "bridge.resource.databases=acme-db=jdbc:acme:anything");
    }

    private static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("acme/AcmeComponent.java", COMPONENT);
        sources.put("acme/Credit.java", CREDIT);
        sources.put("acme/AcmeSender.java", SENDER);
        sources.put("acme/AcmeDriver.java", DRIVER);
        sources.put(
                "words/Words.java",
                "package words; public class Words { public static final String GOOD = good();"
                        + " static String good() { return \"good\"; } }");
        sources.put("breaks/Breaks.java", PluginJars.beanThat("breaks", """
                @BridgeBean
                public class Breaks {
                    public Breaks() {
                        throw new IllegalStateException("The desk is closed");
                    }
                    @BridgeBean
                    static Object other() {
                        return "of a plugin that is left aside as a whole";
                    }
                }"""));
        sources.put("taken/Taken.java", PluginJars.beanThat("taken", "@BridgeBean(\"intake\") public class Taken {}"));
        sources.put(
                "needs/Needs.java",
                PluginJars.beanThat("needs", "@BridgeBean public class Needs extends absent.Absent {}"));
        sources.put("absent/Absent.java", "package absent; public class Absent {}");
        sources.put("half/Half.java", connector("half", "half-a-connector", ""));
        sources.put("twin/Twin.java", connector("twin", "sql-insert", ""));
        sources.put("hijack/Hijack.java", connector("hijack", "webhook", """
                @BridgeBean
                static com.mobileapiconnect.bridge.delivery.Sender own() {
                    return new com.mobileapiconnect.bridge.delivery.Sender() {
                        public String connector() {
                            return "webhook";
                        }
                        public java.util.concurrent.CompletableFuture<com.mobileapiconnect.bridge.delivery.Outcome> send(
                                com.mobileapiconnect.bridge.delivery.Attempt attempt, byte[] body) {
                            return null;
                        }
                    };
                }"""));
        sources.put("badly/Badly.java", PluginJars.beanThat("badly", """
                public class Badly extends acme.AcmeDriver {
                    static {
                        if (true) {
                            throw new Error("No licence");
                        }
                    }
                }"""));
        return sources;
    }

    private static String connector(String inPackage, String name, String more) {
        String type = Character.toUpperCase(inPackage.charAt(0)) + inPackage.substring(1);
        return PluginJars.beanThat(inPackage, """
                public class %s {
                    @BridgeBean
                    static com.mobileapiconnect.bridge.connector.Connector %s() {
                        return new com.mobileapiconnect.bridge.connector.Connector("%s", "T", "D",
                                com.mobileapiconnect.bridge.connector.PropertySchema.NONE, false, true);
                    }
                    %s
                }""".formatted(type, inPackage + "Connector", name, more));
    }

    private static void breakAll(PluginJars jars, Path plugins, byte[] good) throws IOException {
        Files.writeString(plugins.resolve("text.jar"), "no jar at all");
        Files.write(plugins.resolve("cut.jar"), Arrays.copyOf(good, good.length / 2));
        byte[] damaged = good.clone();
        int at = new String(good, StandardCharsets.ISO_8859_1).indexOf("jdbc:acme:");
        damaged[at] = 'J';
        Files.write(plugins.resolve("damaged.jar"), damaged);
        byte[] newer = jars.type("words/Words.class");
        newer[7] = 120;
        jars.pack("newer.jar", Map.of("words/Words.class", newer));
        jars.jar("acme-bridge-1.3.jar", "words", PluginJars.maven("acme-bridge", "1.3"));
        jars.jar("breaks.jar", "breaks", Map.of());
        jars.jar("taken.jar", "taken", Map.of());
        jars.jar("needs.jar", "needs", Map.of());
        jars.jar("half.jar", "half", Map.of());
        jars.jar("hijack.jar", "hijack", Map.of());
        jars.jar("twin.jar", "twin", Map.of());
        jars.jar("badly.jar", "badly", Map.of("META-INF/services/java.sql.Driver", "badly.Badly\n"));
        Files.writeString(plugins.resolve("notes.txt"), "no plugin either");
    }

    @AfterAll
    static void stop() {
        bridge.close();
        assertThat(System.getProperty("acme.closed"))
                .as("a bean is closed with the bridge")
                .isEqualTo("true");
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:acme:x"))
                .as("a driver goes with its plugin")
                .isInstanceOf(SQLException.class);
    }

    private static JsonNode plugin(String file) {
        JsonNode all = bridge.operator().get("/v1/plugins").expect(200).json().get("data");
        for (JsonNode each : all) {
            if (each.get("file").asText().equals(file)) {
                return each;
            }
        }
        throw new AssertionError("There is no " + file + " in " + all);
    }

    @Test
    void aPluginIsListedWithItsVersionAndWhatItBrings() {
        assertThat(plugin("acme-bridge-1.2.jar")).hasToString("""
                {"file":"acme-bridge-1.2.jar","name":"acme-bridge","version":"1.2","status":"used",\
                "provides":{"components":["acme"],"languages":[],"dataFormats":[],"drivers":["acme.AcmeDriver"],\
                "beans":["acmeDrop","acmeSender","credit"]},"error":null}""");
        assertThat(plugin("words-2.0.1.jar").get("version").asText()).isEqualTo("2.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.jar | is no jar, or only a part of one",
                "cut.jar | is no jar, or only a part of one",
                "damaged.jar | is damaged: acme/AcmeDriver.class is not what was packed",
                "newer.jar | is for Java 76 (words/Words.class), and the bridge runs on Java",
                "acme-bridge-1.3.jar | its name, acme-bridge, is that of acme-bridge-1.2.jar too; remove one of them",
                "breaks.jar | its beans cannot be made: IllegalStateException: The desk is closed",
                "taken.jar | there is a bean intake already",
                "needs.jar | the class absent.Absent is in no plugin and not in the bridge",
                "half.jar | each of its connectors needs one sender of the same name",
                "hijack.jar | there is a connector webhook already",
                "twin.jar | there is a connector sql-insert already",
                "badly.jar | its JDBC driver badly.Badly cannot be made: Error: No licence",
            })
    void aBrokenPluginIsNamedAndLeftAside(String file, String why) {
        JsonNode plugin = plugin(file);

        assertThat(plugin.get("status").asText()).isEqualTo("left-aside");
        assertThat(plugin.get("error").asText()).startsWith(why);
        assertThat(plugin.get("provides").get("beans")).isEmpty();
    }

    @Test
    void nothingIsLeftOfAPluginThatBreaksHalfWay() {
        Registry beans = bridge.bean(CamelContext.class).getRegistry();

        assertThat(beans.lookupByName("credit")).isNotNull();
        assertThat(beans.lookupByName("other")).isNull();
        assertThat(beans.lookupByName("breaks")).isNull();
    }

    @Test
    void theListIsForTheOperatorAndComesInPages() {
        bridge.tenant().get("/v1/plugins").expect(403);
        Api.Reply first = bridge.operator().get("/v1/plugins?limit=10").expect(200);
        JsonNode rest = bridge.operator()
                .get("/v1/plugins?limit=10&cursor=" + first.at("/next"))
                .expect(200)
                .json();

        assertThat(first.json().get("data")).hasSize(10);
        assertThat(first.at("/data/0/file")).isEqualTo("acme-bridge-1.2.jar");
        assertThat(rest.get("data")).hasSize(4);
        assertThat(rest.get("next").isNull()).isTrue();
    }

    @Test
    void aRouteGoesThroughABeanAndAComponentOfAPlugin() {
        try (Receiver receiver = new Receiver()) {
            bridge.tenant().connection(receiver.url("/erp"), "");
            bridge.phone()
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"hello\"}")
                    .expect(202);

            eventually(() -> assertThat(receiver.requests("/erp"))
                    .anySatisfy(got -> assertThat(new String(got.body(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"answer\":\"good\"}")));
            bridge.tenant().deleteConnections();
        }
    }

    @Test
    void aConnectorOfAPluginIsOneLikeAnyOther() {
        Path file = work.resolve("delivered.json");
        Api tenant = bridge.tenant();
        tenant.post("/v1/connections", "{\"name\":\"Acme\",\"connector\":\"acme-drop\"}")
                .expect(422);
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"Acme\",\"connector\":\"acme-drop\",\"properties\":{\"file\":\"" + file + "\"}}")
                .expect(201);
        bridge.phone()
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"hello\"}")
                .expect(202);

        eventually(() -> assertThat(file).content().isEqualTo("{\"answer\":\"good\"}"));
        tenant.deleteConnections();
    }

    @Test
    void aDriverOfAPluginIsFoundByItsUrl() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:acme:x")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(DriverManager.getDriver("jdbc:acme:x").getMinorVersion()).isEqualTo(2);
    }
}
