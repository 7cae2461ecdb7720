package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/**
 * A Tryton of PyPI with parties, on SQLite, on a port and with a database of its own. What pip brings for it and the
 * database that is copied are kept in {@code target/tryton}, or where {@code TRYTON_HOME} says.
 */
final class TrytonServer implements AutoCloseable {

    static final String USER = FakeTryton.USER;
    static final String PASSWORD = FakeTryton.PASSWORD;
    /** A user who may read alone. */
    static final String READER = "reader";
    /** A user whose login is locked after one wrong password, as any other. */
    static final String LOCKED = "locked";

    private static final String ADMIN = "admin";
    private static final String MISSING =
            "Skipped: install Python 3.10 or later with venv and pip, and a way to PyPI, to try tryton-record on Tryton";
    private static final Path REQUIREMENTS = Path.of("src/test/tryton/requirements.txt");
    private static final Path HOME = Path.of(System.getenv().getOrDefault("TRYTON_HOME", "target/tryton"))
            .toAbsolutePath();
    private static final int LONGEST_START_SECONDS = 300;

    private final Path directory;
    private final int port;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private Process process;

    private TrytonServer(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = run(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /** Skips the tests where there is no Python, or no way to its packages. */
    static TrytonServer start() throws IOException, InterruptedException {
        install();
        Path directory = Files.createTempDirectory("tryton");
        int port = Ports.free();
        configure(directory, port);
        Files.copy(HOME.resolve("demo.sqlite"), directory.resolve("demo.sqlite"));
        TrytonServer server = new TrytonServer(directory, port);
        server.await();
        server.makeUsers();
        return server;
    }

    private static void configure(Path directory, int port) throws IOException {
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

    private static String program(String name) {
        return HOME.resolve("venv/bin").resolve(name).toString();
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

    /** Once: the packages, and a database with parties. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        try (FileChannel channel =
                        FileChannel.open(HOME.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.exists(HOME.resolve("demo.sqlite"))) {
                return;
            }
            Path log = HOME.resolve("install.log");
            if (!Files.exists(HOME.resolve("venv/.installed"))) {
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
                                        HOME.resolve("venv").toString())
                                && ends(log, Map.of(), program("pip"), "install", "-q", "-r", REQUIREMENTS.toString()),
                        MISSING + "; see " + log);
                Files.createFile(HOME.resolve("venv/.installed"));
            }
            makeDatabase(log);
        }
    }

    /** An SQLite database is an empty file first; all in one step would leave it half made. */
    private static void makeDatabase(Path log) throws IOException, InterruptedException {
        Path making = Files.createTempDirectory(HOME, "making");
        configure(making, 0);
        Path file = Files.createFile(making.resolve("demo.sqlite"));
        Path password = Files.writeString(making.resolve("password"), PASSWORD);
        String admin = program("trytond-admin");
        String config = making.resolve("trytond.conf").toString();
        Map<String, String> environment = Map.of("TRYTONPASSFILE", password.toString());
        boolean made = ends(
                        log, environment, admin, "-c", config, "-d", "demo", "--email", "a@example.invalid", "--all")
                && ends(log, environment, admin, "-c", config, "-d", "demo", "-u", "party", "--activate-dependencies");
        if (!made) {
            throw new IllegalStateException("Tryton made no database; see " + log);
        }
        Files.move(file, HOME.resolve("demo.sqlite"), StandardCopyOption.ATOMIC_MOVE);
        FileSystemUtils.deleteRecursively(making);
    }

    private static Process run(Path directory) throws IOException {
        return new ProcessBuilder(
                        program("trytond"),
                        "-c",
                        directory.resolve("trytond.conf").toString(),
                        "-d",
                        "demo")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void await() {
        Eventually.within(LONGEST_START_SECONDS, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            } catch (IOException e) {
                throw new AssertionError("Tryton does not listen; see " + directory.resolve("log"), e);
            }
        });
    }

    /** Nobody may make parties but the bridge's user. */
    private void makeUsers() {
        String admin = session(ADMIN);
        for (String name : List.of(USER, READER, LOCKED)) {
            call(
                    admin,
                    "model.res.user.create",
                    "[{'name':'" + name + "','login':'" + name + "','password':'" + PASSWORD + "'}],{}");
        }
        call(
                admin,
                "model.ir.model.access.create",
                "[{'model':'party.party','group':null,'perm_read':true,'perm_write':false,'perm_create':false,"
                        + "'perm_delete':false}],{}");
        call(
                admin,
                "model.res.group.create",
                "[{'name':'Bridge','users':[['add',[" + number(admin, USER) + "]]],'model_access':[['create',"
                        + "[{'model':'party.party','perm_read':true,'perm_write':true,'perm_create':true,"
                        + "'perm_delete':true}]]]}],{}");
    }

    private long number(String admin, String login) {
        return call(admin, "model.res.user.search", "[['login','=','" + login + "']],{}")
                .path(0)
                .asLong();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** @param params in JSON with apostrophes for quotes */
    private JsonNode call(String authorization, String method, String params) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + "/demo/rpc/"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"id\":1,\"method\":\"" + method + "\",\"params\":[" + params.replace('\'', '"') + "]}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        JsonNode answer = new Api(url(), null).send(request).expect(200).json();
        if (!answer.has("result")) {
            throw new IllegalStateException(method + ": " + answer);
        }
        return answer.path("result");
    }

    /** Of a user whose sessions nobody ends. */
    private String session(String user) {
        return sessions.computeIfAbsent(user, this::logIn);
    }

    private String logIn(String user) {
        JsonNode result = call("", "common.db.login", "'" + user + "',{'password':'" + PASSWORD + "'},'en'");
        String session =
                user + ":" + result.path(0).asLong() + ":" + result.path(1).asText();
        return "Session " + Base64.getEncoder().encodeToString(session.getBytes(StandardCharsets.UTF_8));
    }

    /** The names of the parties with that code. */
    List<String> parties(String code) {
        return call(
                        session(READER),
                        "model.party.party.search_read",
                        "[['code','=','" + code + "']],0,null,null,['name'],{'active_test':false}")
                .findValuesAsText("name");
    }

    /** Ends all sessions of the bridge's user, as a change of its password does. */
    void endSessions() {
        String admin = session(ADMIN);
        call(admin, "model.res.user.write", "[" + number(admin, USER) + "],{'password':'" + PASSWORD + "'},{}");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The same system once more, on the same port. */
    void comeBack() throws IOException {
        process = run(directory);
        await();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
