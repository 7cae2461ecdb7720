package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a bridge under the load of several phones, kills it again and again, at random moments and at chosen points,
 * half of the times while its receivers refuse, and compares what the phones were told with what the receivers got.
 */
public final class CrashSuite implements AutoCloseable {

    private static final int PHONES = 6;
    private static final int PHONE_PAUSE_MILLIS = 15;
    private static final int LONGEST_DRAIN_SECONDS = 600;
    /** A run with fewer would say little, however slow the machine. */
    static final int FEWEST_MESSAGES = 60;

    /** Of a point that is not reached: then the bridge is killed wherever it is. */
    private static final int LONGEST_WAIT_MILLIS = 6_000;

    private static final List<FaultPoint> ANY = List.of(
            FaultPoint.MESSAGE_INSERTED,
            FaultPoint.BEFORE_COMMIT,
            FaultPoint.DURING_COMMIT,
            FaultPoint.AFTER_COMMIT,
            FaultPoint.BEFORE_CALL,
            FaultPoint.RECOVERY,
            FaultPoint.MIGRATION);
    private static final List<FaultPoint> REFUSED = List.of(
            FaultPoint.BEFORE_RETRY,
            FaultPoint.AFTER_RETRY,
            FaultPoint.BEFORE_OUTCOME,
            FaultPoint.OUTCOME_WRITTEN,
            FaultPoint.OUTCOME_COMMITTED);
    private static final List<FaultPoint> WELL = List.of(
            FaultPoint.AFTER_2XX,
            FaultPoint.AFTER_RETRY,
            FaultPoint.BEFORE_OUTCOME,
            FaultPoint.OUTCOME_WRITTEN,
            FaultPoint.OUTCOME_COMMITTED,
            FaultPoint.CHECKPOINT);

    private final Data data;
    private final Path bridgeData;
    private final Launcher launcher;
    private final Random random;
    private final ServerSocket requests = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port = Ports.free();
    private final Ledger ledger = new Ledger(Destination.ALL);
    private final Secrets secrets = new Secrets();
    private final Receivers receivers = new Receivers(ledger, secrets);
    private final Phones phones = new Phones(ledger, PHONE_PAUSE_MILLIS);
    private final Operator operator =
            new Operator(new Api("http://127.0.0.1:" + port, RunningBridge.TENANT_KEY), secrets);
    private final Migrations migrations;
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<String, Integer> unwritten = new TreeMap<>();
    private int whileRefused;
    private int databaseKills;

    private CrashSuite(Data data, Path bridgeData, long seed) throws IOException {
        this.data = data;
        this.random = new Random(seed);
        this.bridgeData = bridgeData;
        this.migrations = new Migrations(Files.createTempDirectory("crash-migrations"));
        this.launcher = new Launcher(migrations.directory());
    }

    public static Report sqlite(int kills, long seed) throws Exception {
        return sqlite(kills, seed, Long.MAX_VALUE);
    }

    public static Report postgresql(int kills, long seed) throws Exception {
        return postgresql(kills, seed, Long.MAX_VALUE);
    }

    private static Report sqlite(int kills, long seed, long minutes) throws Exception {
        Path bridgeData = Files.createTempDirectory("crash-data");
        try (CrashSuite suite = new CrashSuite(new Data.Sqlite(bridgeData), bridgeData, seed)) {
            return suite.run(kills, minutes);
        }
    }

    private static Report postgresql(int kills, long seed, long minutes) throws Exception {
        try (Data.Postgres data = Data.Postgres.start();
                CrashSuite suite = new CrashSuite(data, Files.createTempDirectory("crash-data"), seed)) {
            return suite.run(kills, minutes);
        }
    }

    private Report run(int times, long minutes) throws Exception {
        setUp();
        long begun = System.nanoTime();
        int run = 0;
        for (; run < times && TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - begun) < minutes; run++) {
            Behaviour behaviour =
                    run % 2 == 0 ? (run % 10 == 0 ? Behaviour.HANGING : Behaviour.REFUSING) : Behaviour.WELL;
            once(run, behaviour);
        }
        return atTheEnd(run);
    }

    private void setUp() throws Exception {
        try (BridgeProcess bridge = launch(null, 0).awaitReady()) {
            Api tenant = bridge.tenant();
            Destination.ALL.forEach(destination -> operator.add(destination, receivers.url(destination.path())));
            for (int i = 0; i < PHONES; i++) {
                String token = tenant.post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                        .expect(201)
                        .at("/token");
                phones.add(tenant.as(token));
            }
            operator.start();
        }
    }

    private void once(int run, Behaviour behaviour) throws Exception {
        receivers.begin(run, behaviour);
        FaultPoint point = choose(behaviour);
        if (point == FaultPoint.MIGRATION) {
            migrations.addOne();
        }
        BridgeProcess bridge = launch(point, point == null ? 0 : nth(point));
        boolean reached = point == null ? atRandom(bridge) : atPoint(bridge);
        bridge.kill();
        operator.killed();
        if (behaviour != Behaviour.WELL) {
            whileRefused++;
        }
        kills.merge(reached && point != null ? point.label() : "a random moment", 1, Integer::sum);
        if (run % 5 == 0 && data instanceof Data.Postgres) {
            data.kill();
            databaseKills++;
        }
        settle(run);
        System.out.printf(
                "kill %3d  %-9s %-18s acknowledged %d%n",
                run + 1,
                behaviour,
                point == null ? "random" : point.label() + (reached ? "" : " not reached"),
                ledger.acknowledgedCount());
    }

    private void settle(int run) throws Exception {
        receivers.settle();
        secrets.killed();
        ledger.killed(run, data.unfinished()).forEach((target, count) -> unwritten.merge(target, count, Math::max));
    }

    /** Half of the kills are at random moments. */
    private @Nullable FaultPoint choose(Behaviour behaviour) {
        if (random.nextBoolean()) {
            return null;
        }
        List<FaultPoint> points = new ArrayList<>(ANY);
        if (behaviour == Behaviour.REFUSING) {
            points.addAll(REFUSED);
        } else if (behaviour == Behaviour.WELL) {
            points.addAll(WELL);
        }
        return points.get(random.nextInt(points.size()));
    }

    private int nth(FaultPoint point) {
        return switch (point) {
            case RECOVERY -> 1 + random.nextInt(Destination.ALL.size());
            case MIGRATION -> 1 + random.nextInt(Migrations.STATEMENTS);
            case CHECKPOINT -> 1;
            default -> 1 + random.nextInt(60);
        };
    }

    /** One in five while it starts. */
    private boolean atRandom(BridgeProcess bridge) throws InterruptedException {
        if (random.nextInt(5) == 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
        } else {
            int before = ledger.acknowledgedCount();
            bridge.awaitReady();
            ledger.awaitAcknowledged(before + PHONES);
            TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(1_500));
        }
        return true;
    }

    /** False when it was not reached in time. */
    private boolean atPoint(BridgeProcess bridge) throws IOException, InterruptedException {
        long readyAt = 0;
        requests.setSoTimeout(10);
        while (readyAt == 0 || System.nanoTime() - readyAt < TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS)) {
            try (Socket request = requests.accept()) {
                return true;
            } catch (SocketTimeoutException notYet) {
                if (readyAt == 0 && bridge.isReady()) {
                    readyAt = System.nanoTime();
                } else if (!bridge.isAlive()) {
                    throw new IllegalStateException("It ended by itself:\n" + bridge.output());
                }
            }
        }
        return false;
    }

    private Report atTheEnd(int run) throws Exception {
        receivers.begin(run, Behaviour.WELL);
        List<String> missing;
        long unfinished;
        try (BridgeProcess changed = launch(null, 0).awaitReady()) {
            ledger.awaitAcknowledged(FEWEST_MESSAGES);
            phones.finish();
            operator.finish();
            changed.kill();
        }
        settle(run);
        receivers.begin(run + 1, Behaviour.WELL);
        try (BridgeProcess last = launch(null, 0).awaitReady()) {
            // No replay here: the acknowledged one has to go on by itself.
            operator.resumeAll();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_DRAIN_SECONDS);
            do {
                TimeUnit.MILLISECONDS.sleep(200);
                unfinished = unfinished(last.tenant());
            } while (unfinished > 0 && System.nanoTime() < until);
            missing = ledger.missing();
        }
        unfinished += data.unfinished().size();
        return new Report(
                data.name(),
                kills,
                whileRefused,
                databaseKills,
                ledger.totals(),
                missing,
                unfinished,
                unwritten,
                operator.totals(),
                secrets.totals(),
                data.messages(),
                data.integrity());
    }

    private static long unfinished(Api tenant) {
        long found = 0;
        for (String status : List.of("pending", "failed", "held")) {
            Api.Reply reply = tenant.get("/v1/deliveries?limit=1&status=" + status);
            found += reply.status() == 200 ? reply.json().get("data").size() : 1; // asked again, if it was not answered
        }
        return found;
    }

    private BridgeProcess launch(@Nullable FaultPoint point, int nth) {
        Map<String, String> environment = Launcher.environment(port);
        // Longer than a phone goes on repeating what was stored and not acknowledged.
        environment.put("BRIDGE_RETENTION_MESSAGES", "PT30S");
        environment.put("BRIDGE_RETENTION_EVERY", "PT1S");
        environment.putAll(data.environment());
        return launcher.launch(
                Launcher.diesAt(point, nth, requests.getLocalPort()), List.of(), bridgeData, environment);
    }

    @Override
    public void close() throws IOException {
        operator.close();
        phones.close();
        receivers.close();
        requests.close();
    }

    /**
     * Exits 1 if anything was lost, repeated beyond the bound, out of order or damaged:
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.crash.CrashSuite 200 sqlite}
     * (number of kills, {@code sqlite}, {@code postgresql}, {@code damaged}, which is {@link DamageSuite}, or {@code steps}
     * or {@code steps-postgresql}, which are {@link StepsSuite}; a seed, which is printed, and minutes after which no more
     * kills follow).
     */
    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        String database = args.length > 1 ? args[1] : "sqlite";
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        long minutes = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
        System.out.println("seed " + seed);
        if (database.equals("damaged")) {
            DamageSuite.Report damage = DamageSuite.run(times, seed, minutes);
            System.out.print(damage.text());
            System.exit(damage.faults().isEmpty() ? 0 : 1);
        }
        if (database.startsWith("steps")) {
            StepsSuite.Report steps = database.endsWith("postgresql")
                    ? StepsSuite.postgresql(times, seed)
                    : StepsSuite.sqlite(times, seed);
            System.out.print(steps.text());
            System.exit(steps.good() ? 0 : 1);
        }
        Report report = database.equals("postgresql") ? postgresql(times, seed, minutes) : sqlite(times, seed, minutes);
        System.out.print(report.text());
        System.exit(report.good() ? 0 : 1);
    }
}
