package com.mobileapiconnect.bridge.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long the bridge takes for each page of the portal, and what each weighs, on a store that {@link Queries} has filled. */
final class Pages {

    private static final int WARM = 5;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final int rounds;
    private final Optional<Long> pid;

    private Pages(URI url, int rounds, Optional<Long> pid) {
        this.url = url;
        this.rounds = rounds;
        this.pid = pid;
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection call = (HttpURLConnection) url.resolve(path).toURL().openConnection();
        call.setInstanceFollowRedirects(false);
        return call;
    }

    /** Returns the id of the first that a list of the API has; none if it is empty. */
    private String first(String key, String path) throws IOException {
        HttpURLConnection call = open(path);
        call.setRequestProperty("Authorization", "Bearer " + key);
        try (InputStream answer = call.getInputStream()) {
            return JSON.readTree(answer).at("/data/0/id").asText("none");
        }
    }

    private List<String> ofTenant(String key) throws IOException {
        String message = first(key, "/v1/messages");
        String yesterday = Instant.now().minus(1, ChronoUnit.DAYS).toString().substring(0, "2026-01-01".length());
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/messages",
                "/messages/" + message,
                "/messages?q=9198123456",
                "/messages?q=balance",
                "/messages?q=nowhere",
                "/messages?since=" + yesterday,
                "/messages/with?number=9198100001",
                "/deliveries",
                "/deliveries?status=delivered",
                "/deliveries?status=pending",
                "/rules",
                "/webhooks",
                "/connections",
                "/connections/" + first(key, "/v1/connections"),
                "/phones",
                "/phones/" + first(key, "/v1/devices"),
                "/account",
                "/account/log",
                "/account/configuration"));
        paths.add("/deliveries?status=delivered&target=" + first(key, "/v1/connections"));
        paths.add("/deliveries?status=skipped");
        for (String status : List.of("failed", "delivered", "held", "skipped", "pending")) {
            paths.add("/messages?status=" + status);
        }
        return paths;
    }

    private List<String> ofOperator(String key) throws IOException {
        return List.of(
                "/",
                "/routes",
                "/routes/deliver",
                "/routes/deliver/diagram",
                "/tenants",
                "/tenants/" + first(key, "/v1/tenants"),
                "/settings",
                "/settings/resources",
                "/settings/log");
    }

    private void time(String key, List<String> paths) throws IOException {
        String cookie = Portals.signIn(url, key);
        for (String path : paths) {
            long[] nanos = new long[rounds];
            int status = 0;
            int packed = 0;
            Optional<ProcessCpu> before = Optional.empty();
            for (int i = -WARM; i < rounds; i++) {
                before = i == 0 ? pid.map(ProcessCpu::of) : before;
                long start = System.nanoTime();
                HttpURLConnection call = open(path);
                call.setRequestProperty("Cookie", cookie);
                call.setRequestProperty("Accept-Encoding", "gzip");
                status = call.getResponseCode();
                try (InputStream answer = status < 400 ? call.getInputStream() : call.getErrorStream()) {
                    packed = answer.readAllBytes().length;
                }
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%-60s %3d %7.1f kB %8.1f %8.1f %s%n",
                    path,
                    status,
                    packed / 1000.0,
                    nanos[rounds / 2] / 1e6,
                    nanos[rounds * 95 / 100] / 1e6,
                    before.map(this::cpuSince).orElse(""));
        }
    }

    /** Returns what a call took of the bridge's processor in milliseconds, its compilers left out. */
    private String cpuSince(ProcessCpu before) {
        double seconds = ProcessCpu.of(pid.orElseThrow()).since(before).withoutCompilers();
        return String.format(Locale.ROOT, "%8.1f", seconds * 1000 / rounds);
    }

    /**
     * With {@code --url http://127.0.0.1:8080 --api-key sk_live_… --operator-key sk_operator_… --rounds 60}, Jackson on
     * the class path, and {@code --pid} of the bridge if it is on this machine.
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args, "url", "api-key", "operator-key", "rounds", "pid");
        Pages pages = new Pages(
                URI.create(options.required("url")),
                (int) options.number("rounds", 60),
                options.text("pid").map(Long::valueOf));
        System.out.printf("%-60s %3s %10s %8s %8s %8s%n", "page", "", "packed", "p50 ms", "p95 ms", "CPU ms");
        pages.time(options.required("api-key"), pages.ofTenant(options.required("api-key")));
        pages.time(options.required("operator-key"), pages.ofOperator(options.required("operator-key")));
    }
}
