package com.mobileapiconnect.bridge.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All targets, in the suite's process: they outlive every kill. */
final class Receivers implements AutoCloseable {

    private static final int SLOWEST_MILLIS = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final Ledger ledger;
    private final Secrets secrets;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger atWork = new AtomicInteger();
    private Behaviour behaviour = Behaviour.WELL; // guarded by this
    private int run; // guarded by this

    Receivers(Ledger ledger, Secrets secrets) throws IOException {
        this.ledger = ledger;
        this.secrets = secrets;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    synchronized void begin(int newRun, Behaviour newBehaviour) {
        run = newRun;
        behaviour = newBehaviour;
        notifyAll();
    }

    /** When it returns no call of the killed bridge is being answered any more. */
    void settle() throws InterruptedException {
        synchronized (this) {
            if (behaviour == Behaviour.HANGING) {
                behaviour = Behaviour.REFUSING;
                notifyAll();
            }
        }
        while (atWork.get() > 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        atWork.incrementAndGet();
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
        } finally {
            atWork.decrementAndGet();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of("")).get(0);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
