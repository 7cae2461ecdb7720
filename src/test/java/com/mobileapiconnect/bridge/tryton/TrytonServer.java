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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Tryton of PyPI with parties, on SQLite, on a port and with a database of its own.
 */
final class TrytonServer implements AutoCloseable {

    static final String USER = FakeTryton.USER;
    static final String PASSWORD = FakeTryton.PASSWORD;
    /** A user who may read alone. */
    static final String READER = "reader";
    /** A user whose login is locked after one wrong password, as any other. */
    static final String LOCKED = "locked";

    private static final String ADMIN = "admin";
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
        TrytonHome.install();
        Path directory = Files.createTempDirectory("tryton");
        int port = Ports.free();
        TrytonHome.configure(directory, port);
        Files.copy(TrytonHome.AT.resolve("demo.sqlite"), directory.resolve("demo.sqlite"));
        TrytonServer server = new TrytonServer(directory, port);
        server.await();
        server.makeUsers();
        return server;
    }

    private static Process run(Path directory) throws IOException {
        return new ProcessBuilder(
                        TrytonHome.program("trytond"),
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
