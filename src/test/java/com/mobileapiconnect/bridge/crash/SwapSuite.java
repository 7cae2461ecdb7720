package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.route.Versions;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kills the bridge while a version of a route replaces another and messages come. After each start a whole version runs:
 * the one that was acknowledged last, or the one that was on its way; and no acknowledged message is lost.
 */
public final class SwapSuite implements AutoCloseable {

    private static final List<FaultPoint> POINTS =
            List.of(FaultPoint.ROUTE_BEGUN, FaultPoint.ROUTE_KEPT, FaultPoint.ROUTE_TAKING_OVER);
    private static final int LONGEST_WAIT_MILLIS = 600_000; // with a start on a busy machine

    private final Data data;
    private final Path bridgeData;
    private final Path routes = Files.createTempDirectory("crash-routes");
    private final Launcher launcher;
    private final ServerSocket requests = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port = Ports.free();
    private final Receiver receiver = new Receiver();
    private final Api operator = new Api("http://127.0.0.1:" + port, RunningBridge.OPERATOR_KEY);
    private final Map<String, Integer> kills = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private volatile String running = Versions.of("deliver", 0);

    private SwapSuite(Data data, Path bridgeData) throws IOException {
        this.data = data;
        this.bridgeData = bridgeData;
        this.launcher = new Launcher(Files.createTempDirectory("crash-no-migrations"));
    }

    public static Report sqlite(int kills) throws Exception {
        Path bridgeData = Files.createTempDirectory("crash-data");
        try (SwapSuite suite = new SwapSuite(new Data.Sqlite(bridgeData), bridgeData)) {
            return suite.run(kills);
        }
    }

    public static Report postgresql(int kills) throws Exception {
        try (Data.Postgres data = Data.Postgres.start();
                SwapSuite suite = new SwapSuite(data, Files.createTempDirectory("crash-data"))) {
            return suite.run(kills);
        }
    }

    /**
     * The result of a run.
     *
     * @param kills        by the place of the swap
     * @param acknowledged messages
     * @param lost         of these, those that never arrived
     * @param faults       what was wrong with a route after a start
     */
    public record Report(String database, Map<String, Integer> kills, int acknowledged, int lost, List<String> faults) {

        public boolean good() {
            return acknowledged > 0 && lost == 0 && faults.isEmpty();
        }

        public String text() {
            return "%s: killed at %s; %d messages acknowledged, %d lost, faults %s%n"
                    .formatted(database, kills, acknowledged, lost, faults);
        }
    }

    private Report run(int times) throws Exception {
        String token;
        try (BridgeProcess bridge = launch(null).awaitReady()) {
            Api tenant = operator.as(RunningBridge.TENANT_KEY);
            tenant.connection(receiver.url("/erp"), "");
            token = tenant.post("/v1/devices", "{\"name\":\"phone\"}")
                    .expect(201)
                    .at("/token");
            operator.put("/v1/routes/deliver", running).expect(200);
        }
        SteadyPhone phone = SteadyPhone.start(operator.as(token));
        for (int i = 0; i < times; i++) {
            killed(POINTS.get(i % POINTS.size()), Versions.of("deliver", i + 1));
        }
        try (BridgeProcess last = launch(null).awaitReady()) {
            running = whole(running);
            Eventually.within(300, () -> assertThat(phone.acknowledged()).isNotEmpty());
            phone.end();
            Report report = report(phone.acknowledged());
            last.kill();
            return report;
        }
    }

    /** Starts the bridge, looks at what runs, and kills it at this point of a swap. */
    private void killed(FaultPoint point, String text) throws Exception {
        BridgeProcess bridge = launch(point);
        Thread editor = new Thread(
                () -> {
                    try {
                        bridge.awaitReady();
                        running = whole(running);
                        String before = running;
                        running = before + "\n" + text; // either, until it is acknowledged
                        operator.put("/v1/routes/deliver", text).expect(200);
                        running = text;
                    } catch (RuntimeException | AssertionError down) {
                        // It was killed before it could answer.
                    }
                },
                "editor");
        editor.start();
        boolean reached = isReached();
        bridge.kill();
        editor.join();
        kills.merge(reached ? point.label() : "no point", 1, Integer::sum);
    }

    /** Returns what runs, after a look whether it may. */
    private String whole(String expected) {
        String text = operator.get("/v1/routes/deliver").text();
        if (!expected.contains(text) || !text.startsWith("- route:")) {
            faults.add("Not a version that may run: " + text);
        }
        String status = "";
        for (var each : operator.get("/v1/routes").json().get("data")) {
            if (each.get("name").asText().equals("deliver")) {
                status = each.get("status").asText();
            }
        }
        if (!status.equals("running")) {
            faults.add("deliver is " + status);
        }
        return text;
    }

    private boolean isReached() throws IOException {
        requests.setSoTimeout(LONGEST_WAIT_MILLIS);
        try (Socket request = requests.accept()) {
            return true;
        } catch (SocketTimeoutException never) {
            return false;
        }
    }

    private Report report(Collection<String> acknowledged) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        Set<String> missing = missing(acknowledged);
        while (!missing.isEmpty() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
            missing = missing(acknowledged);
        }
        return new Report(data.name(), kills, acknowledged.size(), missing.size(), List.copyOf(faults));
    }

    private Set<String> missing(Collection<String> acknowledged) {
        Set<String> missing = new HashSet<>(acknowledged);
        receiver.requests("/erp").forEach(got -> missing.remove(got.header("X-MAC-Message")));
        return missing;
    }

    private BridgeProcess launch(@Nullable FaultPoint point) {
        Map<String, String> environment = Launcher.environment(port);
        environment.putAll(data.environment());
        environment.put("BRIDGE_ROUTES_DIR", routes.toString());
        return launcher.launch(Launcher.diesAt(point, 1, requests.getLocalPort()), List.of(), bridgeData, environment);
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        requests.close();
    }
}
