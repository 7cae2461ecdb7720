package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who does nothing wrong: a phone that sends so many messages a second, open loop, and a look at the health.
 * Times count from the moment that a message was due.
 */
final class Witness implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI url;
    private final String token;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong number = new AtomicLong(System.currentTimeMillis() * 1000);
    private Latencies taken = new Latencies();
    private long refused;
    private long broken;
    private long sickLooks;

    Witness(URI url, String token, double perSecond) {
        this.url = url;
        this.token = token;
        long nanos = (long) (1e9 / perSecond);
        clock.scheduleAtFixedRate(this::send, 0, nanos, TimeUnit.NANOSECONDS);
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void send() {
        long due = System.nanoTime();
        String sms =
                "{\"id\":\"w-%d\",\"from\":\"919876543210\",\"text\":\"all well\"}".formatted(number.incrementAndGet());
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/inbound"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(sms))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> note(due, failure == null ? answer.statusCode() : 0));
    }

    private synchronized void note(long due, int status) {
        taken.record(System.nanoTime() - due); // an answer that never comes has its patience as its time
        if (status == 0) {
            broken++;
        } else if (status != 202) {
            refused++;
        }
    }

    private void look() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (failure != null || answer.statusCode() != 200) {
                synchronized (this) {
                    sickLooks++;
                }
            }
        });
    }

    /** What was seen since the last time. */
    synchronized String tell(String phase) {
        String line = String.format(
                Locale.ROOT,
                "%-8s p50 %8.1f ms  p99 %8.1f ms  longest %8.1f ms  refused %d  broken %d  health not up %d",
                phase,
                taken.millis(0.5),
                taken.millis(0.99),
                taken.millis(1),
                refused,
                broken,
                sickLooks);
        taken = new Latencies();
        refused = 0;
        broken = 0;
        sickLooks = 0;
        return line;
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
    }
}
