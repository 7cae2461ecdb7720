package com.mobileapiconnect.bridge.tryton;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/**
 * Brings Tryton from PyPI, and makes the database that each server copies. Both are kept in {@code target/tryton}, or
 * where {@code TRYTON_HOME} says.
 */
final class TrytonHome {

    private static final String MISSING =
            "Skipped: install Python 3.10 or later with venv and pip, and a way to PyPI, to try tryton-record on Tryton";
    private static final Path REQUIREMENTS = Path.of("src/test/tryton/requirements.txt");
    static final Path AT = Path.of(System.getenv().getOrDefault("TRYTON_HOME", "target/tryton"))
            .toAbsolutePath();

    private TrytonHome() {}

    static void configure(Path directory, int port) throws IOException {
        Files.writeString(directory.resolve("trytond.conf"), """
                [database]
                uri = sqlite://
                path = %s
                [web]
                listen = 127.0.0.1:%d
                [session]
                max_attempt = 0
                """.formatted(directory, port));
    }

    static String program(String name) {
        return AT.resolve("venv/bin").resolve(name).toString();
    }

    /** Skips the tests where there is no Python, or no way to its packages. Done once: the packages, and a database with parties. */
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(AT);
        try (FileChannel channel =
                        FileChannel.open(AT.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.exists(AT.resolve("demo.sqlite"))) {
                return;
            }
            Path log = AT.resolve("install.log");
            if (!Files.exists(AT.resolve("venv/.installed"))) {
                Assumptions.assumeTrue(
                        ends(
                                        log,
                                        Map.of(),
                                        "python3",
                                        "-c",
                                        "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))")
                                && ends(
                                        log,
                                        Map.of(),
                                        "python3",
                                        "-m",
                                        "venv",
                                        "--clear",
                                        AT.resolve("venv").toString())
                                && ends(log, Map.of(), program("pip"), "install", "-q", "-r", REQUIREMENTS.toString()),
                        MISSING + "; see " + log);
                Files.createFile(AT.resolve("venv/.installed"));
            }
            makeDatabase(log);
        }
    }

    /** An SQLite database is an empty file first; all in one step would leave it half made. */
    private static void makeDatabase(Path log) throws IOException, InterruptedException {
        Path making = Files.createTempDirectory(AT, "making");
        configure(making, 0);
        Path file = Files.createFile(making.resolve("demo.sqlite"));
        Path password = Files.writeString(making.resolve("password"), TrytonServer.PASSWORD);
        String admin = program("trytond-admin");
        String config = making.resolve("trytond.conf").toString();
        Map<String, String> environment = Map.of("TRYTONPASSFILE", password.toString());
        boolean made = ends(
                        log, environment, admin, "-c", config, "-d", "demo", "--email", "a@example.invalid", "--all")
                && ends(log, environment, admin, "-c", config, "-d", "demo", "-u", "party", "--activate-dependencies");
        if (!made) {
            throw new IllegalStateException("Tryton made no database; see " + log);
        }
        Files.move(file, AT.resolve("demo.sqlite"), StandardCopyOption.ATOMIC_MOVE);
        FileSystemUtils.deleteRecursively(making);
    }

    private static boolean ends(Path log, Map<String, String> environment, String... command)
            throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
