package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the packaged jar takes to be ready, and to stop, with very many unfinished deliveries in its store. */
final class StartStop {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    // Nobody listens at this port; one attempt, then an hour's rest.
    private static final String TARGET =
            "{\"name\":\"%d\",\"outboundUrl\":\"http://127.0.0.1:9/\"," + "\"redelivery\":{\"initialDelay\":\"PT1H\"}}";

    private StartStop() {}

    /** @param postgres {@code postgresql://…}; null for SQLite */
    private static BridgeProcess start(Path data, @Nullable String postgres) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
                "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY,
                "BRIDGE_MASTER_KEY", "a-master-key-for-benchmarks-only",
                "BRIDGE_DELIVERY_ALLOWED_NETWORKS", "127.0.0.0/8",
                "LOGGING_LEVEL_BRIDGE_ATTEMPTS", "warn"));
        if (postgres != null) {
            environment.put("BRIDGE_DATABASE_URL", postgres);
        }
        return BridgeProcess.launch(JAVA, data, environment).awaitReady();
    }

    /** The driver wants the user apart. */
    private static String jdbc(String postgres) {
        return "jdbc:" + postgres.replace("postgres@", "") + "?user=postgres";
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.StartStop}
     * ({@code --deliveries 1000000 --targets 1000 --starts 3 --database sqlite}, or {@code postgresql}: a server of its
     * own, from the binaries that the tests use). The jar has to be built before.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "deliveries", "targets", "starts", "database");
        String postgres = options.text("database").filter("postgresql"::equals).isPresent()
                ? PostgresServer.start().freshDatabase()
                : null;
        Path data = Files.createTempDirectory("start-stop");
        try (BridgeProcess bridge = start(data, postgres)) {
            Api tenant = bridge.tenant();
            for (int i = 0; i < options.number("targets", 1000); i++) {
                tenant.post("/v1/connections", TARGET.formatted(i)).expect(201);
            }
            tenant.post("/v1/devices", "{\"name\":\"d\"}").expect(201);
        }
        Unfinished.main(new String[] {
            "--jdbc",
            postgres == null ? "jdbc:sqlite:" + data.resolve("bridge.db") : jdbc(postgres),
            "--deliveries",
            Long.toString((long) options.number("deliveries", 1_000_000))
        });
        for (int i = 0; i < options.number("starts", 3); i++) {
            long begun = System.nanoTime();
            BridgeProcess bridge = start(data, postgres);
            long ready = System.nanoTime();
            TimeUnit.SECONDS.sleep(3);
            long term = System.nanoTime();
            bridge.close();
            System.out.printf(
                    "ready after %.2f s, stopped after %.2f s%n",
                    (ready - begun) / 1e9, (System.nanoTime() - term) / 1e9);
        }
    }
}
