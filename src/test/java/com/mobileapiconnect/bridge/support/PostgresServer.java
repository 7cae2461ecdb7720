package com.mobileapiconnect.bridge.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server of this test run's own. It is set up as carelessly as an operator may have done
 * ({@code synchronous_commit = off}), and can be killed.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String MASTER_KEY = "a-master-key-for-tests-only-0123456789";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TEMPLATE = "migrated";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final int LONGEST_END_SECONDS = 120;

    private final Path directory;
    private final boolean durable;
    private EmbeddedPostgres server;
    private boolean hasTemplate; // guarded by this

    private PostgresServer(boolean durable) {
        this.durable = durable;
        try {
            directory = Files.createTempDirectory("postgres");
            server = boot(Ports.free());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final PostgresServer SERVER = start(false);
    }

    /** The one that all tests use which do not harm it; started by whoever asks first. It never waits for the disk. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    public static PostgresServer start() {
        return start(true);
    }

    private static PostgresServer start(boolean durable) {
        PostgresServer server = new PostgresServer(durable);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private EmbeddedPostgres boot(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(LONGEST_START)
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("fsync", durable ? "on" : "off")
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .start();
    }

    /** A new database in which no migration has run; its URL holds the user. */
    public String emptyDatabase() {
        return empty(nextName());
    }

    /** Texts do not compare byte by byte under its locale. */
    private String empty(String name) {
        execute("create database " + name
                + " encoding 'UTF8' locale_provider icu icu_locale 'en-US' template template0");
        return url(name);
    }

    /** A new database with all tables: a copy, because migrations take longer than most tests. */
    public String freshDatabase() {
        makeTemplate();
        String name = nextName();
        execute("create database " + name + " template " + TEMPLATE);
        return url(name);
    }

    private synchronized void makeTemplate() {
        if (!hasTemplate) {
            Database.open(Database.postgres(empty(TEMPLATE))).close();
            endSessions(TEMPLATE); // nothing is copied that somebody still uses
            hasTemplate = true;
        }
    }

    private static String nextName() {
        return "bridge_" + DATABASES.incrementAndGet();
    }

    private String url(String name) {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** What a bridge needs to run on a fresh database of the shared server. */
    public static String[] settings() {
        return settings(shared().freshDatabase());
    }

    /** What a bridge needs to run on this database. */
    public static String[] settings(String url) {
        return new String[] {"bridge.database.url=" + url, "bridge.master-key=" + MASTER_KEY};
    }

    /** The files of all its databases. */
    public Path directory() {
        return directory;
    }

    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every session of a database. */
    public void endSessions(String database) {
        execute("select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = '" + database + "'");
    }

    /** SIGKILL to the server and all its processes at once, as the kernel does when memory runs out. */
    public void kill() {
        List<ProcessHandle> all = stopped();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            process.onExit().orTimeout(LONGEST_END_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** SIGSTOP to the server and all its processes: it takes connections, by its kernel, and answers nothing. */
    public void freeze() {
        signal("-STOP", stopped());
    }

    /** After {@link #freeze()}: it goes on with what it was asked. */
    public void thaw() {
        signal("-CONT", processes());
    }

    /** All its processes, of which the first makes no more: a new one would live on without it. */
    private List<ProcessHandle> stopped() {
        signal("-STOP", processes().subList(0, 1));
        return processes();
    }

    private static void signal(String signal, List<ProcessHandle> to) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        to.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).inheritIO().start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> processes() {
        try {
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                    .get(0)
                    .strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #kill()}: on the same data and port. */
    public void restart() {
        int port = server.getPort();
        try {
            server.close();
            server = boot(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            server.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
