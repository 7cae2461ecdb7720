package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kills the bridge in the middle of work that goes in steps: the deletion of a tenant, and deliveries that are made of a
 * backlog for many connections. At the end nothing of the tenant may be left, and nothing of the other may be missing or
 * there twice.
 */
public final class StepsSuite implements AutoCloseable {

    private static final int CONNECTIONS = 30;
    private static final int BACKLOG = 60;
    private static final int OF_THE_DELETED = 300;
    private static final int LONGEST_WAIT_MILLIS = 120_000; // on a busy machine
    /** A deletion ends a minute after it has begun. */
    private static final int LONGEST_END_SECONDS = 600;

    private static final List<FaultPoint> DELETION = List.of(FaultPoint.JOB_STEP_TAKEN, FaultPoint.JOB_STEP_COMMITTED);
    private static final List<FaultPoint> FAN_OUT = List.of(FaultPoint.FAN_OUT_MOVED, FaultPoint.FAN_OUT_COMMITTED);

    private final Data data;
    private final Path bridgeData;
    private final Launcher launcher;
    private final Random random;
    private final ServerSocket requests = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port = Ports.free();
    private final Receiver receiver = new Receiver();
    private final Api operator = new Api("http://127.0.0.1:" + port, RunningBridge.OPERATOR_KEY);
    private final Api tenant = operator.as(RunningBridge.TENANT_KEY);
    private final Map<String, Integer> kills = new TreeMap<>();
    private String deleted = "";
    private @Nullable String job;

    private StepsSuite(Data data, Path bridgeData, long seed) throws IOException {
        this.data = data;
        this.bridgeData = bridgeData;
        this.random = new Random(seed);
        this.launcher = new Launcher(Files.createTempDirectory("crash-no-migrations"));
    }

    /** @param kills in the middle of either kind of work */
    public static Report sqlite(int kills, long seed) throws Exception {
        Path bridgeData = Files.createTempDirectory("crash-data");
        try (StepsSuite suite = new StepsSuite(new Data.Sqlite(bridgeData), bridgeData, seed)) {
            return suite.run(kills);
        }
    }

    /** @param kills in the middle of either kind of work */
    public static Report postgresql(int kills, long seed) throws Exception {
        try (Data.Postgres data = Data.Postgres.start();
                StepsSuite suite = new StepsSuite(data, Files.createTempDirectory("crash-data"), seed)) {
            return suite.run(kills);
        }
    }

    /**
     * What a run has shown.
     *
     * @param kills      by what the bridge was doing
     * @param made       deliveries that there are
     * @param wanted     deliveries that there should be
     * @param missing    calls that never came, of those that should have
     * @param leftBehind rows of the deleted tenant, by table
     * @param ended      whether the deletion has ended by itself
     */
    public record Report(
            String database,
            Map<String, Integer> kills,
            long made,
            long wanted,
            long missing,
            Map<String, Long> leftBehind,
            boolean ended,
            String integrity) {

        public boolean good() {
            return made == wanted && missing == 0 && leftBehind.isEmpty() && ended && integrity.equals("ok");
        }

        public String text() {
            return "%s: killed at %s; deliveries %d of %d, calls missing %d, rows left behind %s, deletion ended %b, integrity %s%n"
                    .formatted(database, kills, made, wanted, missing, leftBehind, ended, integrity);
        }
    }

    private Report run(int times) throws Exception {
        Api phone = setUp();
        for (int i = 0; i < times; i++) {
            killed(DELETION, this::delete);
        }
        Map<String, String> backlogs = new HashMap<>();
        for (int i = 0; i < times; i++) {
            backlogs.put(Integer.toString(i), backlog(i));
            killed(FAN_OUT, () -> backlogs.values().removeIf(backlog -> isTaken(phone, backlog)));
        }
        boolean ended;
        try (BridgeProcess last = launch(null, 0).awaitReady()) {
            Eventually.within(300, () -> {
                backlogs.values().removeIf(backlog -> isTaken(phone, backlog));
                assertThat(backlogs).isEmpty();
            });
            Eventually.within(300, () -> {
                delete();
                assertThat(job).isNotNull();
            });
            awaitDeliveries(times);
            ended = awaitEnd();
            last.kill();
        }
        return report(times, ended);
    }

    private Api setUp() {
        try (BridgeProcess bridge = launch(null, 0).awaitReady()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                tenant.connection(receiver.url("/c" + i), "");
            }
            toBeDeleted();
            String token = tenant.post("/v1/devices", "{\"name\":\"phone\"}")
                    .expect(201)
                    .at("/token");
            return tenant.as(token);
        }
    }

    /** Another tenant, which has something of most kinds. */
    private void toBeDeleted() {
        deleted = operator.post("/v1/tenants", "{\"name\":\"Gone\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        Api key = operator.as(
                operator.post("/v1/tenants/" + deleted + "/keys").expect(201).at("/key"));
        key.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/gone") + "\"}").expect(200);
        key.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"ok\"}]}")
                .expect(201);
        Api phone = key.as(key.post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
        phone.post("/v1/inbound", messages("gone", OF_THE_DELETED)).expect(202);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"STOP\"}")
                .expect(202);
        key.put("/v1/sms-settings", "{\"help\":{\"text\":\"Call us\"}}").expect(200);
    }

    private static String messages(String name, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"id\":\"%s-%d\",\"from\":\"91987654%04d\",\"text\":\"%d\"}".formatted(name, i, i, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private static String backlog(int number) {
        return messages("backlog" + number, BACKLOG);
    }

    private static boolean isTaken(Api phone, String backlog) {
        return phone.post("/v1/inbound", backlog).status() == 202;
    }

    /** Asks for the deletion, until it is acknowledged. */
    private void delete() {
        if (job == null) {
            Api.Reply reply = operator.delete("/v1/tenants/" + deleted);
            job = reply.status() == 202 ? reply.at("/job") : jobOfBefore();
        }
    }

    /** It was begun, although nobody was told. */
    private @Nullable String jobOfBefore() {
        for (var each : operator.get("/v1/jobs").expect(200).json().get("data")) {
            if (each.get("kind").asText().equals("tenant-deletion")) {
                return each.get("id").asText();
            }
        }
        return null;
    }

    /** Starts the bridge, has it do something, and kills it at one of these points or soon afterwards. */
    private void killed(List<FaultPoint> points, Runnable asking) throws Exception {
        FaultPoint point = points.get(random.nextInt(points.size()));
        BridgeProcess bridge = launch(point, 1 + random.nextInt(4));
        Thread caller = new Thread(
                () -> {
                    try {
                        bridge.awaitReady();
                        asking.run();
                    } catch (RuntimeException | AssertionError down) {
                        // It was killed before it could answer.
                    }
                },
                "caller");
        caller.start();
        boolean reached = isReached(caller);
        bridge.kill();
        caller.join();
        kills.merge(reached ? point.label() : "no point", 1, Integer::sum);
    }

    /** False when it is not reached soon after what was asked for was answered. */
    private boolean isReached(Thread caller) throws IOException {
        requests.setSoTimeout(10);
        long answeredAt = 0;
        while (answeredAt == 0 || System.nanoTime() - answeredAt < TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS)) {
            try (Socket request = requests.accept()) {
                return true;
            } catch (SocketTimeoutException notYet) {
                if (answeredAt == 0 && !caller.isAlive()) {
                    answeredAt = System.nanoTime();
                }
            }
        }
        return false;
    }

    private void awaitDeliveries(int backlogs) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
        long expected = (long) backlogs * BACKLOG * CONNECTIONS;
        while (System.nanoTime() < until
                && (calls() < expected
                        || !tenant.get("/v1/deliveries?status=pending&limit=1")
                                .json()
                                .path("data")
                                .equals(JsonNodeFactory.instance.arrayNode()))) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Calls that came, of different messages to different connections. */
    private long calls() {
        return receiver.requests().stream()
                .filter(got -> got.path().startsWith("/c"))
                .map(got -> got.path() + " " + got.header("X-MAC-Message"))
                .distinct()
                .count();
    }

    private boolean awaitEnd() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
        while (System.nanoTime() < until) {
            if (operator.get("/v1/jobs/" + job).at("/status").equals("done")) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return false;
    }

    private Report report(int backlogs, boolean ended) throws Exception {
        Map<String, Long> leftBehind = data.rowsOf(deleted);
        leftBehind.values().removeIf(count -> count == 0);
        long tenants = data.number("select count(*) from tenant where id = '" + deleted + "'");
        if (tenants > 0) {
            leftBehind.put("tenant", tenants);
        }
        long wanted = (long) backlogs * BACKLOG * CONNECTIONS;
        return new Report(
                data.name(),
                kills,
                data.number("select count(*) from delivery"),
                wanted,
                wanted - calls(),
                leftBehind,
                ended,
                data.integrity());
    }

    private BridgeProcess launch(@Nullable FaultPoint point, int nth) {
        Map<String, String> environment = Launcher.environment(port);
        environment.putAll(data.environment());
        return launcher.launch(
                Launcher.diesAt(point, nth, requests.getLocalPort()), List.of(), bridgeData, environment);
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        requests.close();
    }
}
