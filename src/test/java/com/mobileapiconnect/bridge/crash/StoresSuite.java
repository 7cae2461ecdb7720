package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.KafkaBroker;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kills the bridge again and again while it writes into a table and a topic. At the end each acknowledged message is in
 * both, and in the table once.
 */
public final class StoresSuite implements AutoCloseable {

    private static final List<FaultPoint> POINTS = List.of(
            FaultPoint.BEFORE_CALL,
            FaultPoint.AFTER_2XX,
            FaultPoint.BEFORE_OUTCOME,
            FaultPoint.OUTCOME_WRITTEN,
            FaultPoint.OUTCOME_COMMITTED,
            FaultPoint.RECOVERY);
    private static final String TOPIC = "sms";
    private static final int LONGEST_START_MILLIS = 600_000;
    private static final int LONGEST_WAIT_MILLIS = 8_000;
    /** A run with fewer would say little, however slow the machine. */
    private static final int FEWEST_MESSAGES = 50;

    private static final int LONGEST_END_SECONDS = 600;

    private final Path bridgeData = Files.createTempDirectory("crash-data");
    private final Launcher launcher;
    private final Random random;
    private final ServerSocket requests = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port = Ports.free();
    private final KafkaBroker broker = KafkaBroker.ofOwn();
    private final String table = PostgresServer.shared()
            .emptyDatabase()
            .replaceFirst("postgresql://postgres@([^/]+)/(.*)", "jdbc:postgresql://$1/$2?user=postgres");
    private final Api operator = new Api("http://127.0.0.1:" + port, RunningBridge.OPERATOR_KEY);
    private final Map<String, Integer> kills = new TreeMap<>();

    private StoresSuite(long seed) throws IOException {
        this.random = new Random(seed);
        Path directory = Files.createTempDirectory("crash");
        this.launcher = new Launcher(new Migrations(directory.resolve("migrations")).directory());
    }

    public static Report run(int kills, long seed) throws Exception {
        try (StoresSuite suite = new StoresSuite(seed)) {
            return suite.run(kills);
        }
    }

    /**
     * The result of a run.
     *
     * @param missingRows    acknowledged messages that are not in the table
     * @param doubledRows    rows more than messages
     * @param missingRecords acknowledged messages that are not in the topic
     * @param doubledRecords records more than messages, which have the ids of their deliveries
     */
    public record Report(
            Map<String, Integer> kills,
            int acknowledged,
            int missingRows,
            int doubledRows,
            int missingRecords,
            int doubledRecords) {

        public boolean good() {
            return acknowledged > 0 && missingRows == 0 && doubledRows == 0 && missingRecords == 0;
        }

        public String text() {
            return "killed at %s; %d messages acknowledged; rows: %d missing, %d doubled; records: %d missing, %d doubled%n"
                    .formatted(kills, acknowledged, missingRows, doubledRows, missingRecords, doubledRecords);
        }
    }

    private Report run(int times) throws Exception {
        sql("create table sms (id varchar(40) primary key, message text)");
        broker.makeTopic(TOPIC);
        String token;
        try (BridgeProcess bridge = launch(null, 0).awaitReady()) {
            token = setUp();
            bridge.kill();
        }
        SteadyPhone phone = SteadyPhone.start(operator.as(token));
        for (int i = 0; i < times; i++) {
            killed(i % 3 == 2 ? null : POINTS.get(random.nextInt(POINTS.size())));
        }
        try (BridgeProcess last = launch(null, 0).awaitReady()) {
            Eventually.within(300, () -> assertThat(phone.acknowledged()).hasSizeGreaterThan(FEWEST_MESSAGES));
            phone.end();
            Report report = atTheEnd(phone.acknowledged());
            last.kill();
            return report;
        }
    }

    private String setUp() {
        resource("erp-db", "{\"kind\":\"database\",\"url\":\"" + table + "\",\"tenants\":\"all\"}");
        resource("bus", "{\"kind\":\"kafka\",\"bootstrapServers\":\"" + broker.address() + "\",\"tenants\":\"all\"}");
        Api tenant = operator.as(RunningBridge.TENANT_KEY);
        String policy = "\"redelivery\":{\"maxAttempts\":100,\"initialDelay\":\"PT0.5S\",\"multiplier\":1}";
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"table\",\"connector\":\"sql-insert\"," + policy
                                + ",\"properties\":{\"database\":\"erp-db\",\"table\":\"sms\",\"key\":\"id\",\"fields\":{\"message\":\"{{messageId}}\"}}}")
                .expect(201);
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"topic\",\"connector\":\"kafka-topic\"," + policy
                                + ",\"properties\":{\"broker\":\"bus\",\"topic\":\"" + TOPIC + "\"}}")
                .expect(201);
        return tenant.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token");
    }

    /** Its check has a few seconds, which on a busy machine may be too few for the first time. */
    private void resource(String name, String settings) {
        Eventually.eventually(
                () -> operator.put("/v1/resources/" + name, settings).expect(200));
    }

    private void killed(@Nullable FaultPoint point) throws Exception {
        BridgeProcess bridge = launch(point, 1 + random.nextInt(30));
        boolean reached = isReached(bridge, point == null ? 500 + random.nextInt(2_000) : LONGEST_WAIT_MILLIS);
        bridge.kill();
        kills.merge(reached && point != null ? point.label() : "a random moment", 1, Integer::sum);
    }

    /** Waits for the point, or for so long behind the start. */
    private boolean isReached(BridgeProcess bridge, int millis) throws IOException {
        requests.setSoTimeout(10);
        long begun = System.nanoTime();
        long readyAt = 0;
        while (readyAt == 0
                ? System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(LONGEST_START_MILLIS)
                : System.nanoTime() - readyAt < TimeUnit.MILLISECONDS.toNanos(millis)) {
            try (Socket request = requests.accept()) {
                return true;
            } catch (SocketTimeoutException notYet) {
                if (readyAt == 0 && bridge.isReady()) {
                    readyAt = System.nanoTime();
                }
            }
        }
        return false;
    }

    private Report atTheEnd(Collection<String> acknowledged) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
        Report report = report(acknowledged);
        while (!report.good() && report.doubledRows() == 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(500);
            report = report(acknowledged);
        }
        return report;
    }

    private Report report(Collection<String> acknowledged) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(table);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select message from sms")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        List<String> records = broker.records(TOPIC).stream()
                .map(record -> record.headers().get("X-MAC-Message"))
                .toList();
        return new Report(
                kills,
                acknowledged.size(),
                missing(acknowledged, rows),
                rows.size() - new HashSet<>(rows).size(),
                missing(acknowledged, records),
                records.size() - new HashSet<>(records).size());
    }

    private static int missing(Collection<String> acknowledged, List<String> arrived) {
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(new HashSet<>(arrived));
        return missing.size();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(table);
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    private BridgeProcess launch(@Nullable FaultPoint point, int nth) {
        Map<String, String> environment = Launcher.environment(port);
        return launcher.launch(
                Launcher.diesAt(point, nth, requests.getLocalPort()), List.of(), bridgeData, environment);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        requests.close();
    }

    /** Exits 1 if anything is missing, or in the table twice; takes the number of kills and a seed. */
    public static void main(String[] args) throws Exception {
        Report report = run(
                args.length > 0 ? Integer.parseInt(args[0]) : 20,
                args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime());
        System.out.print(report.text());
        System.exit(report.good() ? 0 : 1);
    }
}
