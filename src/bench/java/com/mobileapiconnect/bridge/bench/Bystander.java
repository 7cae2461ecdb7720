package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant who does nothing wrong: its phones send, its receiver and its gateway answer, and it notes how long all of them
 * had to wait. Its receiver keeps no connection, so that its name is asked for again and again.
 */
final class Bystander implements AutoCloseable {

    private static final Pattern TEXT = Pattern.compile("\"text\":\"(sms-\\d+)\"");
    private static final Pattern OUT = Pattern.compile("out-\\d+");
    private static final int PHONES = 4;
    private static final long PAUSE_MILLIS = 40;
    private static final long PAUSE_OF_GATEWAY_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Its own, so that it neither waits for what the attackers do in this process nor keeps their connections open. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final Api tenant;
    private final HttpServer receiver;
    private final ScheduledExecutorService phones = Executors.newScheduledThreadPool(PHONES + 1, Bystander::daemon);
    private final AtomicLong numbers = new AtomicLong();
    /** When each message that has not arrived was sent, and each SMS for the gateway. */
    private final Map<String, Long> onTheirWay = new ConcurrentHashMap<>();

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private Window window = new Window(); // guarded by this

    /** What was felt in some time. An SMS that is refused or not answered is sent again, and its wait goes on. */
    static final class Window {

        private final Latencies intake = new Latencies();
        private final Latencies deliveries = new Latencies();
        private final Latencies pushes = new Latencies();
        private long taken;
        private long refused;
        private long arrived;
        private long pushed;

        /** Whether phones were served, and deliveries and SMS to the gateway went on. */
        boolean served(double mostMillis) {
            return taken > 0 && 2 * arrived > taken && pushed > 0 && intake.millis(0.99) <= mostMillis;
        }

        /** Whether waits were no longer than they are without an attack, apart from chance. */
        boolean asBefore(Window usual) {
            return served(2 * usual.intake.millis(0.99) + 50)
                    && deliveries.millis(0.99) <= 2 * usual.deliveries.millis(0.99) + 200;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "intake p50 %.1f p99 %.1f ms (%d taken, %d refused), deliveries p50 %.1f p99 %.1f ms (%d),"
                            + " gateway p50 %.1f p99 %.1f ms (%d)",
                    intake.millis(0.5),
                    intake.millis(0.99),
                    taken,
                    refused,
                    deliveries.millis(0.5),
                    deliveries.millis(0.99),
                    arrived,
                    pushes.millis(0.5),
                    pushes.millis(0.99),
                    pushed);
        }
    }

    Bystander(String url, Api operator) throws IOException {
        this.url = url;
        String id = operator.post("/v1/tenants", "{\"name\":\"B\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        tenant = operator.as(operator.post("/v1/tenants/" + id + "/keys").at("/key"));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        receiver.setExecutor(Executors.newCachedThreadPool(Bystander::daemon));
        receiver.createContext("/", this::take);
        receiver.start();
        String own = "http://b.example.com:" + receiver.getAddress().getPort();
        tenant.put("/v1/webhooks", "{\"url\":\"" + own + "/all\"}").expect(200);
        for (int i = 0; i < PHONES; i++) {
            String token = tenant.post("/v1/devices", "{\"name\":\"phone\"}")
                    .expect(201)
                    .at("/token");
            phones.scheduleWithFixedDelay(() -> send(token), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        String gateway =
                tenant.post("/v1/devices", """
                        {"name":"gateway","transport":
                         {"type":"android-sms-gateway","url":"%s/gateway","username":"u","password":"p"}}""".formatted(own)).expect(201).at("/id");
        phones.scheduleWithFixedDelay(() -> push(gateway), 0, PAUSE_OF_GATEWAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "bystander");
        thread.setDaemon(true);
        return thread;
    }

    private void send(String token) {
        String text = "sms-" + numbers.incrementAndGet();
        long sent = System.nanoTime();
        onTheirWay.put(text, sent);
        HttpRequest sms = HttpRequest.newBuilder(URI.create(url + "/v1/inbound"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"%1$s\",\"from\":\"919876543210\",\"text\":\"%1$s\"}".formatted(text)))
                .build();
        while (!taken(sms)) {
            if (phones.isShutdown()) {
                return;
            }
            synchronized (this) {
                window.refused++;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // as a phone that tries again
            } catch (InterruptedException over) {
                return;
            }
        }
        acknowledged.add(text);
        synchronized (this) {
            window.taken++;
            window.intake.record(System.nanoTime() - sent);
        }
    }

    private boolean taken(HttpRequest sms) {
        try {
            return http.send(sms, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void push(String device) {
        long number = numbers.incrementAndGet();
        String text = "out-" + number;
        onTheirWay.put(text, System.nanoTime());
        String sms = "{\"to\":\"91987%07d\",\"text\":\"%s\",\"deviceId\":\"%s\"}".formatted(number, text, device);
        try {
            http.send(
                    tenant.request("/v1/messages")
                            .POST(HttpRequest.BodyPublishers.ofString(sms))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException noAnswer) {
            onTheirWay.remove(text); // it was not taken, so it may not come
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange call) throws IOException {
        boolean gateway = call.getRequestURI().getPath().startsWith("/gateway");
        Matcher text = (gateway ? OUT : TEXT)
                .matcher(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Long sent = text.find() ? onTheirWay.remove(text.group(gateway ? 0 : 1)) : null;
        if (sent != null) {
            long took = System.nanoTime() - sent;
            synchronized (this) {
                (gateway ? window.pushes : window.deliveries).record(took);
                window.pushed += gateway ? 1 : 0;
                window.arrived += gateway ? 0 : 1;
            }
        }
        call.getResponseHeaders().set("Connection", "close");
        call.sendResponseHeaders(200, -1);
        call.close();
    }

    /** What was felt since this was last asked. */
    synchronized Window next() {
        Window over = window;
        window = new Window();
        return over;
    }

    /** What became of its deliveries that took more than one attempt. */
    String failures() {
        return tenant.get("/v1/targets").json().at("/data/0/lastError").toString();
    }

    /** Sends no more, and returns how many acknowledged messages have not arrived after this time. */
    long missing(int withinSeconds) throws InterruptedException {
        phones.shutdown();
        phones.awaitTermination(60, TimeUnit.SECONDS);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinSeconds);
        while (lost() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return lost();
    }

    private long lost() {
        return onTheirWay.keySet().stream().filter(acknowledged::contains).count();
    }

    @Override
    public void close() {
        phones.shutdownNow();
        receiver.stop(0);
    }
}
