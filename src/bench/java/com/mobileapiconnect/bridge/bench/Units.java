package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long the largest requests hold the writer: whole configurations, and backlogs. */
final class Units {

    private static final int ROUNDS = 4;

    private final Api tenant;
    private final Api phone;
    private final Timer longUnits;

    private Units(RunningBridge bridge) {
        this.tenant = bridge.tenant();
        this.phone = bridge.phone();
        this.longUnits =
                bridge.bean(MeterRegistry.class).get("bridge.store.long").timer();
    }

    private void run(int connections, int rules) {
        for (int round = 0; round < ROUNDS; round++) {
            backlog("backlog of 500, no target, round " + round, round);
        }
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            config(
                    connections + " connections, round " + round,
                    "connections:\n"
                            + lines(connections, i -> "  - {name: c%d, outboundUrl: 'http://127.0.0.1:1/%d'}\n"
                                    .formatted(i, now)));
            backlog("backlog of 500 for " + connections + " connections, round " + round, 100 + round);
            config("no connection any more", "connections: []\n");
            config(
                    rules + " rules, round " + round,
                    "rules:\n"
                            + lines(
                                    rules,
                                    i ->
                                            "  - {name: r%d, when: {field: text, op: equals, value: v%d}, then: [{type: reply, text: a%d}]}\n"
                                                    .formatted(i, i, now)));
            config("no rule any more", "rules: []\n");
        }
    }

    private static String lines(int number, IntFunction<String> line) {
        return IntStream.range(0, number).mapToObj(line).collect(Collectors.joining());
    }

    private void config(String what, String file) {
        measure(what, () -> tenant.put("/v1/config?discard=true", file).expect(200));
    }

    private void backlog(String what, int round) {
        String messages = IntStream.range(0, 500)
                .mapToObj(i ->
                        "{\"id\":\"p-%d-%d\",\"from\":\"9198765%05d\",\"text\":\"balance\"}".formatted(round, i, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        measure(what, () -> phone.post("/v1/inbound", messages).expect(202));
    }

    private void measure(String what, Runnable request) {
        long units = longUnits.count();
        double held = longUnits.totalTime(TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        request.run();
        System.out.printf(
                Locale.ROOT,
                "%-60s %4d units over 10 ms, %7.1f ms in all; answered in %d ms%n",
                what,
                longUnits.count() - units,
                longUnits.totalTime(TimeUnit.MILLISECONDS) - held,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "database", "connections", "rules");
        Database database =
                Database.valueOf(options.text("database").orElse("sqlite").toUpperCase(Locale.ROOT));
        Path data = Files.createTempDirectory("units");
        try (RunningBridge bridge = RunningBridge.start(data, database)) {
            new Units(bridge).run((int) options.number("connections", 1000), (int) options.number("rules", 5000));
        }
        System.exit(0);
    }
}
