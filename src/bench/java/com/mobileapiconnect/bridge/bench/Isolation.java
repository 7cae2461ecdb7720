package com.mobileapiconnect.bridge.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What targets in trouble cost the healthy ones: from the phone's request to the arrival at a healthy receiver, first
 * with seven targets that are all well, then with one that hangs with a backlog, one that refuses, one at a call a second,
 * and one that answers 503 to a fifth, then with all well again.
 */
final class Isolation {

    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]+)\"");
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final int BACKLOG = 500;

    private final Bridge bridge;
    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<String, Long> tookNanos = new ConcurrentHashMap<>();

    private Isolation(URI url, String key) {
        this.url = url;
        this.bridge = new Bridge(url, key, null);
    }

    private HttpServer receivers() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", call -> {
            long now = System.nanoTime();
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = call.getRequestURI().getPath();
            if (path.startsWith("/healthy")) {
                Matcher text = TEXT.matcher(body);
                Long sent = text.find() ? sentAt.get(text.group(1)) : null;
                if (sent != null) {
                    tookNanos.put(path + text.group(1), now - sent);
                }
            }
            boolean busy = path.equals("/busy") && ThreadLocalRandom.current().nextInt(5) == 0;
            call.sendResponseHeaders(busy ? 503 : 200, -1);
            call.close();
        });
        server.start();
        return server;
    }

    private void backlog(String token, int messages) throws IOException, InterruptedException {
        for (int sent = 0; sent < messages; sent += BACKLOG) {
            StringBuilder body = new StringBuilder("{\"messages\":[");
            for (int i = 0; i < BACKLOG; i++) {
                body.append(i == 0 ? "" : ",")
                        .append("{\"from\":\"9198%08d\",\"text\":\"backlog\"}".formatted(sent + i));
            }
            post(token, body.append("]}").toString());
        }
    }

    private double[] measure(String name, String token, double rate, int seconds)
            throws IOException, InterruptedException {
        sentAt.clear();
        tookNanos.clear();
        int messages = (int) (rate * seconds);
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            long due = start + (long) (i * 1e9 / rate);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            String text = name + i;
            sentAt.put(text, System.nanoTime());
            post(token, "{\"from\":\"9199%08d\",\"text\":\"%s\"}".formatted(i, text));
        }
        for (int i = 0; i < 100 && tookNanos.size() < 3 * messages; i++) {
            Thread.sleep(100);
        }
        long[] nanos =
                tookNanos.values().stream().mapToLong(Long::longValue).sorted().toArray();
        if (nanos.length < 3 * messages) {
            System.out.printf("%s: %d of %d arrived%n", name, nanos.length, 3 * messages);
        }
        double[] at = Arrays.stream(new double[] {0.5, 0.95, 0.99})
                .map(p -> nanos[(int) (p * (nanos.length - 1))] / 1e6)
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-10s %7d arrivals  p50 %.2f  p95 %.2f  p99 %.2f ms%n",
                name,
                nanos.length,
                at[0],
                at[1],
                at[2]);
        return at;
    }

    private void post(String token, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(url.resolve("/v1/inbound"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("Answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private double allWell(String to, double rate, int seconds) throws IOException, InterruptedException {
        String token = bridge.addDevice("isolation");
        for (int i = 0; i < 3; i++) {
            bridge.addConnection("healthy " + i, to + "/healthy/" + i, SECRET);
        }
        for (int i = 0; i < 4; i++) {
            bridge.addConnection("well " + i, to + "/well/" + i, SECRET);
        }
        measure("warm-up", token, rate, seconds);
        double[] well = measure("all well", token, rate, seconds);
        bridge.clear();
        return well[1];
    }

    private void run(double rate, int seconds, int backlog) throws IOException, InterruptedException {
        HttpServer server = receivers();
        String to = "http://127.0.0.1:" + server.getAddress().getPort();
        double before = allWell(to, rate, seconds);
        double trouble;
        String token = bridge.addDevice("isolation");
        try (ServerSocket hanging = new ServerSocket(0, 5000, InetAddress.getLoopbackAddress());
                ServerSocket refusing = new ServerSocket(0)) {
            int closed = refusing.getLocalPort();
            refusing.close();
            bridge.addConnection("hangs", "http://127.0.0.1:" + hanging.getLocalPort() + "/", SECRET);
            backlog(token, backlog);
            bridge.addConnection("refuses", "http://127.0.0.1:" + closed + "/", SECRET);
            bridge.addConnection("slow", to + "/slow", SECRET, "\"ratePerSecond\":1");
            bridge.addConnection("busy", to + "/busy", SECRET);
            for (int i = 0; i < 3; i++) {
                bridge.addConnection("healthy " + i, to + "/healthy/" + i, SECRET);
            }
            measure("warm-up", token, rate, seconds);
            trouble = measure("trouble", token, rate, seconds)[1];
            bridge.clear();
        }
        // The JVM gets faster with time; the better of before and after is what trouble is held against.
        double well = Math.min(before, allWell(to, rate, seconds));
        System.out.printf(Locale.ROOT, "p95 %+.1f %%%n", 100 * (trouble / well - 1));
        server.stop(0);
        System.exit(0);
    }

    /**
     * On a running bridge that may call loopback: {@code java -cp target/test-classes
     * com.mobileapiconnect.bridge.bench.Isolation --api-key sk_live_… --url http://127.0.0.1:8080}
     * ({@code --rate 100 --seconds 20 --backlog 100000}).
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, "url", "api-key", "rate", "seconds", "backlog");
        new Isolation(URI.create(options.required("url")), options.required("api-key"))
                .run(options.number("rate", 100), (int) options.number("seconds", 20), (int)
                        options.number("backlog", 100_000));
    }
}
