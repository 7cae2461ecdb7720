package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receivers that answer, and how long an SMS takes to each of the healthy ones from the moment that it is due. */
final class Healthy {

    static final int RECEIVERS = 3;

    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]+)\"");
    /** The time beyond the planned one after which no more is sent, and that after which no more is waited for. */
    private static final long LATE_SECONDS = 20;

    private final HttpServer server;
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final Map<String, Long> tookNanos = new ConcurrentHashMap<>();

    Healthy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange call) throws IOException {
        long now = System.nanoTime();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = call.getRequestURI().getPath();
        if (path.startsWith("/healthy")) {
            Matcher text = TEXT.matcher(body);
            Long since = text.find() ? due.get(text.group(1)) : null;
            if (since != null) {
                tookNanos.putIfAbsent(path + " " + text.group(1), now - since);
            }
        }
        boolean busy = path.equals("/busy") && ThreadLocalRandom.current().nextInt(5) == 0;
        call.sendResponseHeaders(busy ? 503 : 200, -1);
        call.close();
    }

    /**
     * A measurement.
     *
     * @param refused SMS that were not taken, or not sent because those before took too long
     */
    record Measured(String name, int sms, int refused, int arrived, Latencies took) {

        boolean isWhole() {
            return refused == 0 && arrived == RECEIVERS * sms;
        }

        double p95() {
            return took.millis(0.95);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-26s p50 %.2f  p95 %.2f  p99 %.2f ms, %d of %d arrived, %d refused",
                    name,
                    took.millis(0.5),
                    p95(),
                    took.millis(0.99),
                    arrived,
                    RECEIVERS * sms,
                    refused);
        }
    }

    /** Sends SMS at a steady rate, whatever becomes of them, and waits until they have arrived. */
    Measured measure(String name, Api phone, double rate, double seconds) throws InterruptedException {
        due.clear();
        tookNanos.clear();
        int sms = (int) (rate * seconds);
        int refused = 0;
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos((long) seconds + LATE_SECONDS);
        for (int i = 0; i < sms; i++) {
            long at = start + (long) (i * 1e9 / rate);
            TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
            String text = name + " " + i;
            due.put(text, at); // not when it is sent: an answer that is late delays those behind it
            if (System.nanoTime() > end || !taken(phone, "9199%08d".formatted(i), text)) {
                refused++;
            }
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LATE_SECONDS);
        while (tookNanos.size() < RECEIVERS * (sms - refused) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Latencies took = new Latencies();
        tookNanos.values().forEach(took::record);
        Measured measured = new Measured(name, sms, refused, tookNanos.size(), took);
        System.out.println(measured);
        return measured;
    }

    private static boolean taken(Api phone, String from, String text) {
        try {
            return phone.post("/v1/inbound", "{\"from\":\"%s\",\"text\":\"%s\"}".formatted(from, text))
                            .status()
                    == 202;
        } catch (UncheckedIOException noAnswer) {
            return false;
        }
    }
}
