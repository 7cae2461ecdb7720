package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * The service of {@code src/test/cap} on SAP CAP, as a process of Node. What npm brings for it is kept in
 * {@code target/cap}, or where {@code CAP_MODULES} says.
 */
final class CapServer implements AutoCloseable {

    static final String USER = "bridge";
    static final String PASSWORD = "open-sesame";

    private static final Path SOURCES = Path.of("src/test/cap");
    private static final Path HOME =
            Path.of(System.getenv().getOrDefault("CAP_MODULES", "target/cap")).toAbsolutePath();

    private final Process process;
    private final int port;

    private CapServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the tests where there is no Node, or no way to its packages. */
    static CapServer start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                runs("node", "--version") && runs("npm", "--version"),
                "Skipped: install Node 20 or later with npm to try the OData connectors on SAP CAP");
        install();
        int port = Ports.free();
        ProcessBuilder builder = command("node", "node_modules/@sap/cds/bin/serve.js", "all", "--in-memory")
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("cap-" + port + ".log").toFile());
        builder.environment().put("PORT", String.valueOf(port));
        Process process = builder.start();
        CapServer server = new CapServer(process, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().atMost(Duration.ofSeconds(300)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "SAP CAP ended: " + Files.readString(HOME.resolve("cap-" + port + ".log")));
            }
            return server.answers();
        });
        return server;
    }

    private static ProcessBuilder command(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(HOME.toFile());
        builder.environment().remove("NODE_ENV");
        return builder;
    }

    private static boolean runs(String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Once: SQLite is compiled, which takes minutes. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        try (FileChannel channel =
                        FileChannel.open(HOME.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            copySources();
            if (Files.exists(HOME.resolve("node_modules/.installed"))) {
                return;
            }
            Path log = HOME.resolve("npm.log");
            ProcessBuilder install = command("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // Without Node's own headers npm would fetch them.
            Stream.of("/usr", "/usr/local")
                    .filter(home -> Files.exists(Path.of(home, "include/node/node.h")))
                    .findFirst()
                    .ifPresent(home -> install.environment().putIfAbsent("npm_config_nodedir", home));
            Process npm = install.start();
            boolean ended = npm.waitFor(15, TimeUnit.MINUTES);
            npm.destroyForcibly();
            Assumptions.assumeTrue(
                    ended && npm.exitValue() == 0,
                    "Skipped: npm cannot fetch SAP CAP or build SQLite (install gcc, make and python3); see " + log);
            Files.createFile(HOME.resolve("node_modules/.installed"));
        }
    }

    private static void copySources() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .forEach(files::add);
        }
        for (Path file : files) {
            Path copy = HOME.resolve(SOURCES.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean answers() {
        try {
            return get("/odata/").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String root() {
        return "http://127.0.0.1:" + port + "/odata";
    }

    private Api api() {
        return new Api("http://127.0.0.1:" + port, null);
    }

    private Api.Reply get(String path) {
        return api().send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes());
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Basic " + login);
    }

    /** All records of an entity set. */
    List<JsonNode> records(String set) {
        List<JsonNode> records = new ArrayList<>();
        get("/odata/" + set).expect(200).json().get("value").forEach(records::add);
        return records;
    }

    JsonNode read(String path) {
        return get("/odata/" + path).expect(200).json();
    }

    void change(String path, String etag, String fields) {
        HttpRequest.Builder request = request("/odata/" + path)
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(fields));
        api().send(request).expect(200);
    }

    /** Says how the server behaves from now on, as JSON; forgets what came. */
    void behave(String mode) {
        api().send(request("/control")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(mode)))
                .expect(204);
    }

    /** The calls since then, such as {@code POST /Sms 201}. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        get("/control")
                .expect(200)
                .json()
                .forEach(call -> calls.add(call.get("method").asText() + " "
                        + call.get("path").asText() + " " + call.get("status").asText()));
        return calls;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
