package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.route.Versions;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SteadyLoad;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Versions of the product's routes that replace each other in a row under load, and what is left of them. */
final class Swaps {

    private static final List<String> NAMES = List.of("deliver", "intake", "accept");
    private static final int ROUNDS = 5;

    private Swaps() {}

    /** {@code … com.mobileapiconnect.bridge.bench.Swaps} ({@code --swaps 500 --rate 200}). */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "swaps", "rate");
        int swaps = (int) options.number("swaps", 500);
        Path directory = Files.createTempDirectory("swaps");
        try (RunningBridge bridge = RunningBridge.start(
                        directory.resolve("data"),
                        "bridge.routes.dir=" + Files.createDirectory(directory.resolve("r")));
                Receiver receiver = new Receiver()) {
            bridge.tenant().connection(receiver.url("/erp"), "");
            Api operator = bridge.operator();
            SteadyLoad load = SteadyLoad.begin(bridge.phone(), receiver, "/erp", (int) options.number("rate", 200));
            say("before the first", 0);
            for (int round = 0; round < ROUNDS; round++) {
                long begun = System.nanoTime();
                int each = swaps / ROUNDS;
                for (int i = 0; i < each; i++) {
                    int number = round * each + i;
                    String name = NAMES.get(number % NAMES.size());
                    operator.put("/v1/routes/" + name, Versions.of(name, number))
                            .expect(200);
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                TimeUnit.SECONDS.sleep(2); // the last old version has left a second after its swap
                say("after " + (round + 1) * each, millis / each);
            }
            SteadyLoad.Outcome outcome = load.end(60);
            System.out.printf(
                    "%d messages, %d refused, %d lost, %d doubled%n",
                    outcome.accepted(),
                    outcome.refusals().size(),
                    outcome.lost().size(),
                    outcome.doubled().size());
            outcome.refusals().stream().limit(3).forEach(System.out::println);
            System.exit(outcome.good() ? 0 : 1);
        }
    }

    private static void say(String when, long millis) throws InterruptedException {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(200);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%-18s heap %3d MB, threads %d, classes %d, %d ms a swap%n",
                when,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                Thread.activeCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                millis);
    }
}
