package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.KafkaBroker;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Deliveries a second into a table of PostgreSQL or a topic of Kafka: a backlog waits for a paused connection, which is
 * then resumed. The bridge runs in this process, whose processor time is told too; the servers have their own.
 */
final class Stores {

    private static final int OF_ONE_REQUEST = 500;
    private static final int ROUNDS = 3;

    private final Api tenant;
    private final Api phone;
    private final String connection;

    private Stores(RunningBridge bridge, String properties) {
        this.tenant = bridge.tenant();
        this.phone = bridge.phone();
        this.connection = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"concurrency\":256,\"secret\":\"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\","
                                + properties + "}")
                .expect(201)
                .at("/id");
    }

    private static String sql(RunningBridge bridge) throws SQLException {
        String url = PostgresServer.start()
                .emptyDatabase()
                .replaceFirst("postgresql://postgres@([^/]+)/(.*)", "jdbc:postgresql://$1/$2?user=postgres");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table sms (id varchar(40) primary key, sender varchar(64), body text, at timestamptz)");
        }
        bridge.operator()
                .put("/v1/resources/erp-db", "{\"kind\":\"database\",\"url\":\"" + url + "\",\"tenants\":\"all\"}")
                .expect(200);
        return "\"connector\":\"sql-insert\",\"properties\":{\"database\":\"erp-db\",\"table\":\"sms\",\"key\":\"id\",\"fields\":"
                + "{\"sender\":\"{{from}}\",\"body\":\"{{text}}\",\"at\":\"{{receivedAt}}\"}}";
    }

    private static String kafka(RunningBridge bridge) {
        KafkaBroker broker = KafkaBroker.ofOwn();
        broker.makeTopic("sms");
        bridge.operator()
                .put(
                        "/v1/resources/bus",
                        "{\"kind\":\"kafka\",\"bootstrapServers\":\"" + broker.address() + "\",\"tenants\":\"all\"}")
                .expect(200);
        return "\"connector\":\"kafka-topic\",\"properties\":{\"broker\":\"bus\",\"topic\":\"sms\"}";
    }

    private void round(int round, int messages) throws InterruptedException {
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        for (int sent = 0; sent < messages; sent += OF_ONE_REQUEST) {
            int from = sent;
            phone.post(
                            "/v1/inbound",
                            IntStream.range(from, from + OF_ONE_REQUEST)
                                    .mapToObj(i -> "{\"from\":\"9198%08d\",\"text\":\"message %d of round %d\"}"
                                            .formatted(i, i, round))
                                    .collect(Collectors.joining(",", "{\"messages\":[", "]}")))
                    .expect(202);
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        while (!tenant.get("/v1/deliveries?status=pending&limit=1")
                .json()
                .get("data")
                .isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double busy = (system.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d deliveries in %.1f s: %.0f/s; %.2f s of processor, %.0f/s of it%n",
                messages,
                seconds,
                messages / seconds,
                busy,
                messages / busy);
    }

    /** {@code java -cp … com.mobileapiconnect.bridge.bench.Stores sql 20000}, or {@code kafka}. */
    public static void main(String[] args) throws Exception {
        int messages = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        RunningBridge bridge = RunningBridge.start(Files.createTempDirectory("stores"), Database.SQLITE);
        Stores stores = new Stores(bridge, args[0].equals("kafka") ? kafka(bridge) : sql(bridge));
        for (int round = 1; round <= ROUNDS; round++) {
            stores.round(round, messages);
        }
        System.exit(0);
    }
}
