package com.mobileapiconnect.bridge.bench;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a bridge is compared with: a relay out of the JDK's own server and client that keeps nothing. It takes a message,
 * answers 202 at once and posts it to each target, unsigned, once.
 */
final class Relay {

    private static final int MOST_UNDER_WAY = 512;
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final List<URI> targets;
    private final HttpClient client;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final AtomicLong count = new AtomicLong();

    private Relay(List<URI> targets, ExecutorService threads) {
        this.targets = targets;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    private void take(HttpExchange exchange) throws IOException {
        // What comes faster than it can leave has to wait, or the memory would be the queue.
        underWay.acquireUninterruptibly(targets.size());
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = ("{\"messages\":[{\"id\":\"msg_" + count.incrementAndGet()
                        + "\",\"phoneId\":null,\"duplicate\":false}]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(202, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
        targets.forEach(target -> post(target, body));
    }

    private void post(URI target, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((response, failure) -> underWay.release());
    }

    /** Virtual threads where this Java has them. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(); // as many as there are requests, whose calls need some too
        }
    }

    /** {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Relay --target http://… --target http://…}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, "target");
        ExecutorService threads = threads();
        Relay relay = new Relay(options.all("target").stream().map(URI::create).toList(), threads);
        com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/v1/inbound", relay::take);
        server.start();
        System.out.println(
                "ERP Bridge is ready: http://localhost:" + server.getAddress().getPort());
        while (ProcessHandle.current().parent().isPresent()) {
            TimeUnit.SECONDS.sleep(LONGEST_WAIT_SECONDS);
        }
    }
}
