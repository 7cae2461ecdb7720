package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Bystander.Window;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A bridge with a small heap under attack by its worst callers, one kind after the other and then all together, while a
 * tenant who does nothing wrong sends and gets messages.
 */
final class Siege {

    private static final double MOST_MILLIS = 1_000;
    private static final int RECOVERY_SECONDS = 10;
    private static final int LONGEST_ATTACK_SECONDS = 60;
    private static final int WARM_UP_SECONDS = 20;
    /** Longer than any connection is waited for. */
    private static final int REST_SECONDS = 30;

    private final BridgeProcess bridge;
    private final Bystander bystander;
    private final List<Assault> attacks;
    private final List<String> failures = new ArrayList<>();
    private double usualP99;

    private Siege(BridgeProcess bridge) throws Exception {
        this.bridge = bridge;
        Api operator = new Api(bridge.url(), RunningBridge.OPERATOR_KEY);
        this.bystander = new Bystander(operator);
        this.attacks = Assaults.all(URI.create(bridge.url()), operator);
    }

    private List<String> run(double minutes) throws Exception {
        Footprint.Probe probe = new Footprint.Probe(Long.toString(bridge.pid()));
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        bystander.next();
        Footprint before = probe.take();
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        Window usual = bystander.next();
        usualP99 = usual.intakeP99();
        System.out.println("at the start   " + before);
        System.out.println("not attacked   " + usual);

        long end = System.nanoTime() + (long) (minutes * 60e9);
        int seconds = (int) Math.min(
                LONGEST_ATTACK_SECONDS, Math.max(5, minutes * 60 / (attacks.size() + 1) - 2 * RECOVERY_SECONDS));
        for (Assault attack : attacks) {
            attack.prepare();
        }
        do {
            for (Assault attack : attacks) {
                attacked(attack.name(), List.of(attack), seconds);
            }
            attacked("all together", attacks, seconds);
        } while (System.nanoTime() < end && failures.size() < 100);

        TimeUnit.SECONDS.sleep(REST_SECONDS);
        Footprint after = probe.take();
        System.out.println("at the end     " + after);
        must(!after.grewFrom(before), "the bridge grew");
        long missing = bystander.missing(120);
        must(missing == 0, missing + " acknowledged messages have not arrived");
        return failures;
    }

    private void attacked(String name, List<Assault> by, int seconds) throws InterruptedException {
        bystander.next();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> running = new ArrayList<>();
        for (Assault attack : by) {
            running.add(running(attack, until));
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, until - System.nanoTime()));
        Window under = bystander.next();
        for (Thread thread : running) {
            thread.join();
        }
        Map<Integer, Long> answers = new TreeMap<>();
        by.forEach(attack -> attack.answers().forEach((status, count) -> answers.merge(status, count, Long::sum)));
        TimeUnit.SECONDS.sleep(RECOVERY_SECONDS);
        bystander.next();
        TimeUnit.SECONDS.sleep(RECOVERY_SECONDS);
        Window after = bystander.next();
        System.out.printf("%s%n  under it   %s%n  afterwards %s%n  attackers  %s%n", name, under, after, answers);
        must(bridge.isAlive(), "the bridge has ended under " + name);
        must(under.served(MOST_MILLIS), "under " + name + ": " + under);
        must(after.served(2 * usualP99 + 50), "after " + name + ": " + after);
    }

    private static Thread running(Assault attack, long until) {
        Thread thread = new Thread(
                () -> {
                    try {
                        attack.run(until);
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                attack.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            failures.add(otherwise);
            System.out.println("  FAIL       " + otherwise);
        }
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Siege --minutes 60}
     * ({@code --jar target/erp-bridge.jar}). The jar has to be built before; exits 1 on FAIL.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "minutes", "jar");
        Path data = Files.createTempDirectory("siege");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                options.text("jar").orElse("target/erp-bridge.jar"));
        Map<String, String> environment = Map.of(
                "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
                "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY,
                "LOGGING_LEVEL_BRIDGE_ATTEMPTS", "warn");
        BridgeProcess bridge = BridgeProcess.launch(command, Path.of("").toAbsolutePath(), data, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(bridge::kill));
        List<String> failures = new Siege(bridge.awaitReady()).run(options.number("minutes", 60));
        System.out.println(failures.isEmpty() ? "PASS" : "FAIL\n" + String.join("\n", failures));
        System.exit(failures.isEmpty() ? 0 : 1);
    }
}
