package com.mobileapiconnect.bridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.Ports;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** All targets, in the suite's process: they outlive every kill. */
final class Receivers implements AutoCloseable {

    private static final int SLOWEST_MILLIS = 20;
    private static final int LONGEST_END_SECONDS = 120;
    private static final JsonMapper JSON = new JsonMapper();

    private final Ledger ledger;
    private final Secrets secrets;
    private final int port = Ports.free();
    private Listening listening;
    private Behaviour behaviour = Behaviour.WELL; // guarded by this
    private int run; // guarded by this

    /** A server for the calls of one bridge. */
    private record Listening(HttpServer server, ExecutorService threads) {

        void end() throws InterruptedException {
            server.stop(0);
            threads.shutdown();
            if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A call is answered without end");
            }
        }
    }

    Receivers(Ledger ledger, Secrets secrets) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.listening = listen();
    }

    private Listening listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            ExecutorService threads = Executors.newCachedThreadPool();
            server.createContext("/", this::handle);
            server.setExecutor(threads);
            server.start();
            return new Listening(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    synchronized void begin(int newRun, Behaviour newBehaviour) {
        run = newRun;
        behaviour = newBehaviour;
        notifyAll();
    }

    /**
     * Ends the server that the killed bridge has called, and begins another at the same port. When it returns no call of
     * that bridge is being answered or will be, not even one that had come and was not looked at yet: it would count as
     * one of the next bridge's.
     */
    void settle() throws InterruptedException {
        synchronized (this) {
            if (behaviour == Behaviour.HANGING) {
                behaviour = Behaviour.REFUSING;
                notifyAll();
            }
        }
        listening.end();
        // The port is free a moment later.
        Eventually.eventually(() -> listening = listen());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().getPath();
            String message = header(exchange, "X-MAC-Message");
            String delivery = header(exchange, "X-MAC-Delivery");
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            secrets.verify(
                    target,
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    text);
            JsonNode body = JSON.readTree(text);
            String sender = body.get("from").asText();
            int number = body.get("text").asInt();
            ledger.arrived(target, message, delivery, sender, number);
            int inRun;
            boolean well;
            synchronized (this) {
                inRun = run;
                while (behaviour == Behaviour.HANGING) {
                    wait();
                }
                well = behaviour == Behaviour.WELL;
            }
            if (well) {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS));
                ledger.answeredWell(inRun, target, delivery, sender, number);
            }
            exchange.sendResponseHeaders(well ? 200 : 503, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of("")).get(0);
    }

    @Override
    public void close() {
        listening.server().stop(0);
        listening.threads().shutdownNow();
    }
}
