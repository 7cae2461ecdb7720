package com.mobileapiconnect.bridge.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged jar as a process of its own, as an operator runs it; can be killed. */
public final class BridgeProcess implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 600;
    /** An archive of classes may be written at the end. */
    private static final int LONGEST_STOP_SECONDS = 300;

    private static final Path JAR = Path.of("target/erp-bridge.jar");
    private static final Pattern READY = Pattern.compile("ERP Bridge is ready: http://localhost:(\\d+)");
    private static final Map<String, String> KEYS = Map.of(
            "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
            "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY,
            "BRIDGE_DELIVERY_ALLOWED_NETWORKS", "127.0.0.0/8");

    private final Process process;
    private final Path output;

    private BridgeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Java homes to test on: this one, and each that a variable like JAVA_HOME_25 names. */
    public static Stream<Path> javaHomes() {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(Path.of(System.getProperty("java.home")));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME_")) {
                homes.add(Path.of(value));
            }
        });
        return homes.stream();
    }

    /** Starts it without waiting. */
    public static BridgeProcess launch(Path javaHome, Path dataDir, Map<String, String> environment) {
        List<String> java = List.of(
                javaHome.resolve("bin/java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                // It lives for seconds: better to run soon than fast.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1");
        List<String> program = List.of("-jar", JAR.toAbsolutePath().toString());
        List<String> command = new ArrayList<>(java);
        command.addAll(ClassArchive.options(archive(javaHome), java, program));
        command.addAll(program);
        return launch(command, Path.of("").toAbsolutePath(), dataDir, environment);
    }

    /** An archive is good for one Java and one build of the jar. */
    private static Path archive(Path javaHome) {
        try {
            return JAR.resolveSibling("classes-%x-%d.jsa"
                    .formatted(
                            javaHome.hashCode(), Files.getLastModifiedTime(JAR).toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command that ends up as a bridge. */
    public static BridgeProcess launch(
            List<String> command, Path directory, Path dataDir, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("bridge", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("SERVER_PORT", "0");
            builder.environment().put("BRIDGE_DATA_DIR", dataDir.toString());
            builder.environment().putAll(environment);
            return new BridgeProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it with the test keys and loopback receivers allowed, and waits until it is ready. */
    public static BridgeProcess start(Path javaHome, Path dataDir) {
        return start(javaHome, dataDir, Map.of());
    }

    /**
     * Does the same.
     *
     * @param more environment variables beside those
     */
    public static BridgeProcess start(Path javaHome, Path dataDir, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(KEYS);
        return launch(javaHome, dataDir, environment).awaitReady();
    }

    /** Starts a command with the test keys and loopback receivers allowed, without waiting. */
    static BridgeProcess launchWithKeys(List<String> command, Path dataDir) {
        return launch(command, Path.of("").toAbsolutePath(), dataDir, KEYS);
    }

    public BridgeProcess awaitReady() {
        Eventually.within(LONGEST_START_SECONDS, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("It ended before it was ready:\n" + output());
            }
            if (!isReady()) {
                throw new AssertionError("Not ready yet:\n" + output());
            }
        });
        return this;
    }

    /** Waits until it is ready; returns false when it has ended instead. */
    public boolean becomesReady() {
        Eventually.within(LONGEST_START_SECONDS, () -> {
            if (process.isAlive() && !isReady()) {
                throw new AssertionError("Neither ready nor ended:\n" + output());
            }
        });
        return isReady();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean isReady() {
        return READY.matcher(output()).find();
    }

    public String url() {
        Matcher ready = READY.matcher(output());
        if (!ready.find()) {
            throw new IllegalStateException("Not ready");
        }
        return "http://127.0.0.1:" + ready.group(1);
    }

    public Api tenant() {
        return new Api(url(), RunningBridge.TENANT_KEY);
    }

    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /** How it ended. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        awaitEnd();
        File log = output.toFile();
        log.deleteOnExit();
    }

    public static List<String> shell(String script) {
        return Arrays.asList("bash", "-euo", "pipefail", "-c", script);
    }
}
