package com.mobileapiconnect.bridge.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's MariaDB server, on a port and a directory of its own. */
public final class MariaDb implements AutoCloseable {

    /** What a machine without it has to install. */
    public static final String MISSING = "MariaDB is not installed: apt-get install mariadb-server";

    private static final int LONGEST_START_SECONDS = 300;

    private final int port;
    private final Process process;

    private MariaDb(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    public static boolean isInstalled() {
        return program("mariadbd") != null;
    }

    private static @Nullable Path program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin")
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    public static MariaDb start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mariadb");
        Path data = directory.resolve("data");
        run(
                        directory,
                        List.of(
                                program("mariadb-install-db").toString(),
                                "--no-defaults",
                                "--datadir=" + data,
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db",
                                "--user=" + System.getProperty("user.name")))
                .waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS);
        int port = Ports.free();
        Process server = run(
                directory,
                List.of(
                        program("mariadbd").toString(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--socket=" + directory.resolve("socket"),
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--sql-mode=", // as carelessly as an operator may have set it up: what is too long is cut
                        "--user=" + System.getProperty("user.name")));
        MariaDb started = new MariaDb(port, server);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        Eventually.within(LONGEST_START_SECONDS, started::requireOpen);
        return started;
    }

    private static Process run(Path directory, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void requireOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        } catch (IOException e) {
            throw new AssertionError("MariaDB does not listen yet", e);
        }
    }

    /** The URL of a database, as the driver of this scheme takes it. */
    public String url(String scheme, String database) {
        return "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
