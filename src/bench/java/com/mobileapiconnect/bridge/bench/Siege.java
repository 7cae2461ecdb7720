package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Bystander.Window;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A bridge with a small heap under attack by its worst callers, one kind after the other and then all together, while a
 * tenant who does nothing wrong sends and gets messages.
 */
final class Siege {

    private static final String ALL = "all";
    private static final double MOST_MILLIS = 1_000;
    private static final int RECOVERY_SECONDS = 10;
    private static final int ATTACK_SECONDS = 60;
    private static final int WARM_UP_SECONDS = 20;
    /** What it takes until idle threads and connections end, and what the last calls hold is given back. */
    private static final int LONGEST_REST_SECONDS = 90;

    private final BridgeProcess bridge;
    private final Bystander bystander;
    private final List<Assault> attacks;
    private final Footprint.Probe probe;
    private final List<String> failures = new ArrayList<>();
    private Footprint usualFootprint;
    private Window usual;

    private Siege(BridgeProcess bridge, Optional<String> only) throws IOException {
        this.bridge = bridge;
        this.probe = new Footprint.Probe(Long.toString(bridge.pid()));
        Api operator = new Api(bridge.url(), RunningBridge.OPERATOR_KEY);
        this.bystander = new Bystander(bridge.url(), operator);
        this.attacks = Assaults.all(URI.create(bridge.url()), operator).stream()
                .filter(attack ->
                        only.isEmpty() || only.get().equals(ALL) || only.get().equals(attack.name()))
                .toList();
        if (attacks.isEmpty()) {
            throw new IllegalArgumentException("There is no attack " + only.orElseThrow());
        }
    }

    private void lookAtPeace() throws InterruptedException {
        attacks.forEach(Assault::prepare); // before the look, because what a tenant has takes memory, attack or not
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        bystander.next();
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        usual = bystander.next();
        usualFootprint = probe.take();
        System.out.println("not attacked\n  " + usual + "\n  " + usualFootprint);
    }

    /** One attack, or all at once. */
    private void once(String name, int seconds) throws InterruptedException {
        lookAtPeace();
        attacked(name, attacks, seconds);
        end();
    }

    private void rounds(double minutes, int seconds) throws InterruptedException {
        lookAtPeace();
        long end = System.nanoTime() + (long) (minutes * 60e9);
        do {
            for (Assault attack : attacks) {
                attacked(attack.name(), List.of(attack), seconds);
            }
            attacked(ALL, attacks, seconds);
        } while (System.nanoTime() < end && failures.size() < 100);
        end();
    }

    private void end() throws InterruptedException {
        long missing = bystander.missing(120);
        must(missing == 0, missing + " acknowledged messages have not arrived");
    }

    private void attacked(String name, List<Assault> by, int seconds) throws InterruptedException {
        by.forEach(Assault::resume);
        bystander.next();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> running = new ArrayList<>();
        for (Assault attack : by) {
            running.add(running(attack, until));
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, until - System.nanoTime()));
        Window under = bystander.next();
        TimeUnit.SECONDS.sleep(RECOVERY_SECONDS);
        bystander.next();
        TimeUnit.SECONDS.sleep(RECOVERY_SECONDS);
        Window after = bystander.next();
        for (Thread thread : running) {
            thread.join();
        }
        Map<Integer, Long> answers = new TreeMap<>();
        by.forEach(attack -> attack.answers().forEach((status, count) -> answers.merge(status, count, Long::sum)));
        System.out.printf("%s%n  under it   %s%n  afterwards %s%n  attackers  %s%n", name, under, after, answers);
        must(bridge.isAlive(), "the bridge has ended under " + name);
        must(under.served(MOST_MILLIS), "under " + name + ": " + under + ", last error " + bystander.failures());
        must(after.asBefore(usual), "after " + name + ": " + after + ", last error " + bystander.failures());
        by.forEach(Assault::suspend);
        Footprint left = atRest();
        System.out.println("  at rest    " + left);
        must(!left.grewFrom(usualFootprint), "after " + name + ": " + left);
    }

    /** What the bridge takes as soon as that is as before, or after a while. */
    private Footprint atRest() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_REST_SECONDS);
        Footprint left = probe.take();
        while (left.grewFrom(usualFootprint) && System.nanoTime() < until) {
            TimeUnit.SECONDS.sleep(RECOVERY_SECONDS);
            left = probe.take();
        }
        return left;
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

    /** The jar, with one class more: a name service that is silent for some names. */
    private static BridgeProcess launch(String jar) throws IOException {
        String name = "com/mobileapiconnect/bridge/webhook/SilentNames";
        Path classes = Files.createTempDirectory("siege-classes");
        Path added = classes.resolve(name + ".class");
        Files.createDirectories(added.getParent());
        try (InputStream compiled = Siege.class.getResourceAsStream("/" + name + ".class")) {
            Files.copy(compiled, added);
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                jar + ":" + classes,
                "com.mobileapiconnect.bridge.BridgeApplication",
                "--spring.main.sources=" + name.replace('/', '.'));
        Map<String, String> environment = Map.of(
                "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
                "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY,
                "LOGGING_LEVEL_BRIDGE_ATTEMPTS", "warn");
        Path data = Files.createTempDirectory("siege");
        return BridgeProcess.launch(command, Path.of("").toAbsolutePath(), data, environment);
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Siege --minutes 60}: each
     * attack for a minute and all together, again and again; or {@code --attack names --seconds 60}: that one alone, once
     * ({@code all}: all together). {@code --jar target/erp-bridge.jar} has to be built before. Exits 1 on FAIL.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "minutes", "attack", "seconds", "jar");
        BridgeProcess bridge = launch(options.text("jar").orElse("target/erp-bridge.jar"));
        Runtime.getRuntime().addShutdownHook(new Thread(bridge::kill));
        Optional<String> only = options.text("attack");
        Siege siege = new Siege(bridge.awaitReady(), only);
        int seconds = (int) options.number("seconds", ATTACK_SECONDS);
        if (only.isPresent()) {
            siege.once(only.get(), seconds);
        } else {
            siege.rounds(options.number("minutes", 60), seconds);
        }
        System.out.println(siege.failures.isEmpty() ? "PASS" : "FAIL\n" + String.join("\n", siege.failures));
        System.exit(siege.failures.isEmpty() ? 0 : 1);
    }
}
