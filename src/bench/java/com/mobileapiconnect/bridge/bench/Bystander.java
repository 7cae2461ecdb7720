package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

/** A tenant who does nothing wrong: its phones send, its receiver answers, and it notes how long both had to wait. */
final class Bystander implements AutoCloseable {

    private static final Pattern TEXT = Pattern.compile("\"text\":\"(sms-\\d+)\"");
    private static final int PHONES = 4;
    private static final long PAUSE_MILLIS = 40;

    private final Api tenant;
    private final HttpServer receiver;
    private final ScheduledExecutorService phones = Executors.newScheduledThreadPool(PHONES, Bystander::daemon);
    private final AtomicLong numbers = new AtomicLong();
    /** When each message that has not arrived was sent. */
    private final Map<String, Long> onTheirWay = new ConcurrentHashMap<>();

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private Window window = new Window(); // guarded by this

    /** What was felt in some time. An SMS that is refused or not answered is sent again, and its wait goes on. */
    static final class Window {

        private final Latencies intake = new Latencies();
        private final Latencies deliveries = new Latencies();
        private long taken;
        private long refused;
        private long arrived;

        double intakeP99() {
            return intake.millis(0.99);
        }

        /** Whether phones were served and deliveries went on. */
        boolean served(double mostMillis) {
            return taken > 0 && arrived > 0 && intakeP99() <= mostMillis;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "intake p50 %.1f p99 %.1f ms (%d taken, %d refused), deliveries p99 %.1f ms (%d)",
                    intake.millis(0.5),
                    intakeP99(),
                    taken,
                    refused,
                    deliveries.millis(0.99),
                    arrived);
        }
    }

    Bystander(Api operator) throws IOException {
        String id = operator.post("/v1/tenants", "{\"name\":\"B\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        tenant = operator.as(operator.post("/v1/tenants/" + id + "/keys").at("/key"));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        receiver.setExecutor(Executors.newCachedThreadPool(Bystander::daemon));
        receiver.createContext("/", this::take);
        receiver.start();
        tenant.put(
                        "/v1/webhooks",
                        "{\"url\":\"http://127.0.0.1:%d/all\"}"
                                .formatted(receiver.getAddress().getPort()))
                .expect(200);
        for (int i = 0; i < PHONES; i++) {
            Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"phone\"}")
                    .expect(201)
                    .at("/token"));
            phones.scheduleWithFixedDelay(() -> send(phone), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "bystander");
        thread.setDaemon(true);
        return thread;
    }

    private void send(Api phone) {
        String text = "sms-" + numbers.incrementAndGet();
        long sent = System.nanoTime();
        onTheirWay.put(text, sent);
        String body = "{\"id\":\"%1$s\",\"from\":\"919876543210\",\"text\":\"%1$s\"}".formatted(text);
        while (!taken(phone, body)) {
            if (phones.isShutdown()) {
                return;
            }
            synchronized (this) {
                window.refused++;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
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

    private static boolean taken(Api phone, String body) {
        try {
            return phone.post("/v1/inbound", body).status() == 202;
        } catch (RuntimeException noAnswer) {
            return false;
        }
    }

    private void take(HttpExchange call) throws IOException {
        Matcher text = TEXT.matcher(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Long sent = text.find() ? onTheirWay.remove(text.group(1)) : null;
        if (sent != null) {
            synchronized (this) {
                window.arrived++;
                window.deliveries.record(System.nanoTime() - sent);
            }
        }
        call.sendResponseHeaders(200, -1);
        call.close();
    }

    /** What was felt since this was last asked. */
    synchronized Window next() {
        Window over = window;
        window = new Window();
        return over;
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
