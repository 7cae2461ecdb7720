package com.mobileapiconnect.bridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long it takes to delete a target and a device with very many unfinished deliveries, and what phones feel of it. */
final class Deletion {

    private static final String SMS = "{\"from\":\"1\",\"text\":\"x\"}";

    private Deletion() {}

    private static BridgeProcess start(Path data) {
        return BridgeProcess.start(Path.of(System.getProperty("java.home")), data);
    }

    /** A phone that sends an SMS every few milliseconds, until it is told to stop. */
    private static final class Phone extends Thread {
        private final Api api;
        private Latencies felt = new Latencies(); // guarded by this
        private volatile boolean over;

        Phone(Api api) {
            this.api = api;
        }

        @Override
        public void run() {
            while (!over) {
                long begun = System.nanoTime();
                api.post("/v1/inbound", SMS).expect(202);
                add(System.nanoTime() - begun);
                try {
                    TimeUnit.MILLISECONDS.sleep(5);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private synchronized void add(long took) {
            felt.record(took);
        }

        synchronized void report(String what, long tookNanos) {
            System.out.printf(
                    "%-12s %6.2f s; the phone's p50 %.1f, p99 %.1f, slowest %.1f ms%n",
                    what, tookNanos / 1e9, felt.millis(0.5), felt.millis(0.99), felt.millis(1));
            felt = new Latencies();
        }
    }

    private static void time(Phone phone, String what, Runnable action) {
        long begun = System.nanoTime();
        action.run();
        phone.report(what, System.nanoTime() - begun);
    }

    private static void rest() {
        try {
            TimeUnit.SECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Deletion --deliveries
     * 1000000}: half of them for the target that is deleted first, all of one device. The jar has to be built before.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "deliveries");
        Path data = Files.createTempDirectory("deletion");
        List<String> targets = new ArrayList<>();
        String device;
        try (BridgeProcess bridge = start(data)) {
            for (String name : List.of("first", "second")) {
                targets.add(bridge.tenant()
                        .post("/v1/connections", "{\"name\":\"" + name + "\",\"outboundUrl\":\"http://127.0.0.1:9/\"}")
                        .expect(201)
                        .at("/id"));
            }
            device = bridge.tenant()
                    .post("/v1/devices", "{\"name\":\"of the backlog\"}")
                    .expect(201)
                    .at("/id");
            targets.forEach(id ->
                    bridge.tenant().post("/v1/connections/" + id + "/pause").expect(200));
        }
        Unfinished.main(new String[] {
            "--jdbc",
            "jdbc:sqlite:" + data.resolve("bridge.db"),
            "--deliveries",
            Long.toString((long) options.number("deliveries", 1_000_000))
        });
        try (BridgeProcess bridge = start(data)) {
            Api tenant = bridge.tenant();
            String token =
                    tenant.post("/v1/devices", "{\"name\":\"d\"}").expect(201).at("/token");
            Phone phone = new Phone(tenant.as(token));
            phone.start();
            rest();
            time(phone, "nothing else", Deletion::rest);
            for (Map.Entry<String, String> each : List.of(
                    Map.entry("target", "connections/" + targets.get(0)), Map.entry("device", "devices/" + device))) {
                time(phone, each.getKey(), () -> {
                    String job = tenant.delete("/v1/" + each.getValue() + "?discard=true")
                            .expect(202)
                            .at("/job");
                    Eventually.within(
                            300, () -> assertThat(tenant.get("/v1/jobs/" + job).at("/status"))
                                    .isEqualTo("done"));
                });
            }
            phone.over = true;
            phone.join();
        }
    }
}
