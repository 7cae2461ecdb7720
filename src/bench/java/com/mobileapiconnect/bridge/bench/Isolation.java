package com.mobileapiconnect.bridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.bench.Healthy.Measured;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What targets in trouble cost the healthy ones: from the moment that an SMS is due to its arrival at three healthy
 * receivers, with all well, then beside one target that hangs with a backlog, then with all well again; for a database, a
 * broker, services of OData and a webhook in turn, and at last beside all of them and three in other trouble.
 */
final class Isolation {

    private static final int OF_ONE_REQUEST = 500;
    private static final int WELL = 4;
    private static final long LONGEST_SECONDS = 300;
    /** How much longer an SMS may take beside trouble than in the better of two measurements without. */
    private static final double MOST_TIMES = 1.5;

    private static final double MOST_MORE_MILLIS = 3;
    private static final double MOST_BEHIND_BACKLOG_MILLIS = 1_000;

    private final Api tenant;
    private final Api phone;
    private final Healthy healthy;
    private final double rate;
    private final double seconds;
    private final int backlog;
    private final List<String> verdicts = new ArrayList<>();
    private boolean failed;

    private Isolation(BridgeProcess bridge, Healthy healthy, double rate, double seconds, int backlog) {
        this.tenant = bridge.tenant();
        this.healthy = healthy;
        this.rate = rate;
        this.seconds = seconds;
        this.backlog = backlog;
        for (int i = 0; i < Healthy.RECEIVERS; i++) {
            connect(Trouble.webhook("healthy " + i, healthy.url() + "/healthy/" + i, ""));
        }
        for (int i = 0; i < WELL; i++) {
            connect(Trouble.webhook("well " + i, healthy.url() + "/well/" + i, ""));
        }
        this.phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"isolation\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    private String connect(String connection) {
        return tenant.post("/v1/connections", connection).expect(201).at("/id");
    }

    private Measured measure(String name) throws InterruptedException {
        return healthy.measure(name, phone, rate, seconds);
    }

    private void run(List<Trouble> hanging, List<Trouble> others) throws InterruptedException {
        healthy.measure("warm-up", phone, rate, 2 * seconds);
        Measured before = measure("all well");
        for (Trouble trouble : hanging) {
            before = beside(trouble.name(), List.of(trouble), before);
        }
        List<Trouble> all = new ArrayList<>(hanging);
        all.addAll(others);
        beside("all at once", all, before);
    }

    /** Returns what was measured afterwards, with all well. */
    private Measured beside(String name, List<Trouble> troubles, Measured before) throws InterruptedException {
        List<String> hanging = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Trouble trouble : troubles) {
            String id = connect(trouble.connection());
            ids.add(id);
            if (trouble.hangs()) {
                hanging.add(id);
            }
        }
        int waiting = backlog;
        sendBacklog(backlog);
        awaitDepth(hanging, waiting);
        if (hanging.size() > 1) {
            waiting += backlog / 4;
            sendBacklog(backlog / 4);
            Measured behind = measure("behind a backlog");
            verdict(
                    "an SMS behind a backlog whose deliveries are being made",
                    behind.isWhole() && behind.took().millis(0.99) <= MOST_BEHIND_BACKLOG_MILLIS,
                    behind.toString());
            awaitDepth(hanging, waiting);
        }
        healthy.measure("warm-up", phone, rate, seconds / 3);
        Measured trouble = measure(name);
        long least = leastDepth(hanging);
        for (String id : ids) {
            delete(id);
        }
        // The JVM gets faster with time, so trouble is held against what was before and after it.
        Measured after = measure("all well");
        double most = MOST_TIMES * Math.min(before.p95(), after.p95()) + MOST_MORE_MILLIS;
        verdict(
                name,
                trouble.isWhole() && trouble.p95() <= most && least >= waiting,
                String.format(
                        Locale.ROOT,
                        "p95 %.2f ms beside it, %.2f and %.2f without; %d of %d arrived, %d refused; %d deliveries or more wait",
                        trouble.p95(),
                        before.p95(),
                        after.p95(),
                        trouble.arrived(),
                        Healthy.RECEIVERS * trouble.sms(),
                        trouble.refused(),
                        least));
        return after;
    }

    private void verdict(String name, boolean holds, String why) {
        verdicts.add((holds ? "PASS " : "FAIL ") + name + ": " + why);
        failed |= !holds;
    }

    /** Sends it as a phone does: what is refused is sent again after the time that the answer says. */
    private void sendBacklog(int messages) throws InterruptedException {
        long start = System.nanoTime();
        int refused = 0;
        for (int sent = 0; sent < messages; ) {
            int from = sent;
            Api.Reply answer = phone.post(
                    "/v1/inbound",
                    IntStream.range(from, from + OF_ONE_REQUEST)
                            .mapToObj(i -> "{\"from\":\"9198%08d\",\"text\":\"%s\"}".formatted(i, Trouble.BACKLOG))
                            .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
            if (answer.expect(202, 503).status() == 202) {
                sent += OF_ONE_REQUEST;
            } else {
                refused++;
                TimeUnit.SECONDS.sleep(Long.parseLong(answer.header("Retry-After")));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "backlog of %d accepted in %.1f s, %d requests refused%n",
                messages,
                (System.nanoTime() - start) / 1e9,
                refused);
    }

    private void awaitDepth(List<String> targets, int depth) throws InterruptedException {
        long start = System.nanoTime();
        while (leastDepth(targets) < depth) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
                throw new IllegalStateException("The deliveries of a backlog are not made, or do not wait");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        System.out.printf(Locale.ROOT, "its deliveries were made %.1f s later%n", (System.nanoTime() - start) / 1e9);
    }

    /** Unfinished deliveries of the one of these targets that has the fewest. */
    private long leastDepth(List<String> targets) {
        long least = Long.MAX_VALUE;
        for (JsonNode lane :
                tenant.get("/v1/targets?limit=500").expect(200).json().get("data")) {
            if (targets.contains(lane.get("id").asText())) {
                least = Math.min(least, lane.get("depth").asLong());
            }
        }
        return least;
    }

    /** Returns when also what it had unfinished is ended, so that this is no part of the next measurement. */
    private void delete(String connection) throws InterruptedException {
        Api.Reply deleted =
                tenant.delete("/v1/connections/" + connection + "?discard=true").expect(202, 204);
        if (deleted.status() == 202) {
            String job = "/v1/jobs/" + deleted.at("/job");
            long start = System.nanoTime();
            while (tenant.get(job).expect(200).json().path("finishedAt").isNull()) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
                    throw new IllegalStateException(job + " does not end");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static BridgeProcess launch(String jar) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                jar,
                "com.mobileapiconnect.bridge.BridgeApplication");
        Map<String, String> environment = Map.of(
                "BRIDGE_BOOTSTRAP_API_KEY",
                RunningBridge.TENANT_KEY,
                "BRIDGE_OPERATOR_KEY",
                RunningBridge.OPERATOR_KEY,
                "BRIDGE_DELIVERY_ALLOWED_NETWORKS",
                "127.0.0.0/8",
                "LOGGING_LEVEL_BRIDGE_ATTEMPTS",
                "warn");
        Path data = Files.createTempDirectory("isolation");
        return BridgeProcess.launch(command, Path.of("").toAbsolutePath(), data, environment);
    }

    /** Ends the run if the bridge holds it up: then that is the result. */
    private static void endAfter(double seconds) {
        Thread watch = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep((long) (1_000 * seconds));
                        System.out.println("FAIL: not at its end after " + (long) seconds + " s");
                        System.exit(1);
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Isolation} ({@code --rate 100
     * --seconds 15 --backlog 20000}); {@code --jar target/erp-bridge.jar} has to be built before. Exits 1 on FAIL.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "rate", "seconds", "backlog", "jar");
        double seconds = options.number("seconds", 15);
        endAfter(60 * seconds + 600);
        BridgeProcess bridge = launch(options.text("jar").orElse("target/erp-bridge.jar"));
        Runtime.getRuntime().addShutdownHook(new Thread(bridge::kill));
        Healthy healthy = new Healthy();
        try (ServerSocket hanging = new ServerSocket(0, 5_000, InetAddress.getLoopbackAddress());
                ServerSocket refusing = new ServerSocket(0)) {
            int closed = refusing.getLocalPort();
            refusing.close();
            bridge.awaitReady();
            Trouble.putResources(new Api(bridge.url(), RunningBridge.OPERATOR_KEY), hanging.getLocalPort());
            Isolation isolation = new Isolation(
                    bridge, healthy, options.number("rate", 100), seconds, (int) options.number("backlog", 20_000));
            isolation.run(Trouble.thatHang(hanging.getLocalPort()), Trouble.others(closed, healthy.url()));
            isolation.verdicts.forEach(System.out::println);
            System.exit(isolation.failed ? 1 : 0);
        }
    }
}
