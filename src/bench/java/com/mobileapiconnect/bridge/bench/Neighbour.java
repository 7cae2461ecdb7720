package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a tenant's phone notices while another tenant does its worst: the time until its SMS is acknowledged, first with
 * all quiet, then under attack, then with all quiet again.
 */
final class Neighbour {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern VALUE = Pattern.compile("\"(id|key|token)\"\\s*:\\s*\"([^\"]+)\"");

    private final URI url;
    private final String operator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "attacker");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, AtomicInteger> answers = new TreeMap<>();
    private volatile boolean attacking;

    private Neighbour(URI url, String operator) {
        this.url = url;
        this.operator = operator;
    }

    /** What the other tenant does, again and again, by so many callers at once. */
    private enum Attack {
        /** Tests of a target that hangs. */
        TESTS(300) {
            @Override
            void prepare(Neighbour on, String key, String target) throws IOException, InterruptedException {
                on.ok("PUT", "/v1/webhooks", key, "{\"url\":\"" + target + "\",\"enabled\":false}");
            }

            @Override
            String[] call(String key, String token, int n) {
                return new String[] {"POST", "/v1/webhooks/test", key, ""};
            }
        },
        /** Backlogs of 500 for 1,000 connections. */
        BACKLOGS(8) {
            @Override
            void prepare(Neighbour on, String key, String target) throws IOException, InterruptedException {
                on.ok(
                        "PUT",
                        "/v1/config",
                        key,
                        config(1000, "  - {name: c%d, outboundUrl: '" + target + "'}\n", "connections"));
            }

            @Override
            String[] call(String key, String token, int n) {
                return new String[] {"POST", "/v1/inbound", token, backlog(500, n)};
            }
        },
        /** Backlogs of 100 for as many actions as the bridge allows, up to 1,000 rules of 20. */
        ACTIONS(8) {
            @Override
            void prepare(Neighbour on, String key, String target) throws IOException, InterruptedException {
                String rule = "  - {name: r%d, continue: true, then: ["
                        + "{type: email, to: [a@example.com], subject: '{{text}}', text: '{{text}}'}, ".repeat(20)
                        + "]}\n";
                for (int rules : new int[] {1000, 50}) {
                    if (on.send("PUT", "/v1/config", key, config(rules, rule, "rules"))
                                    .statusCode()
                            == 200) {
                        return;
                    }
                }
                throw new IOException("No rules were taken");
            }

            @Override
            String[] call(String key, String token, int n) {
                return new String[] {"POST", "/v1/inbound", token, backlog(100, n)};
            }
        },
        /** Whole configurations, each another. */
        CONFIGS(16) {
            @Override
            String[] call(String key, String token, int n) {
                return new String[] {
                    "PUT",
                    "/v1/config?discard=true",
                    key,
                    config(500, "  - {name: c%d, outboundUrl: 'http://127.0.0.1:9/" + n + "'}\n", "connections")
                            + config(
                                    1000,
                                    "  - {name: r%d, then: [{type: webhook, url: 'http://127.0.0.1:9/" + n + "'}]}\n",
                                    "rules")
                };
            }
        };

        private final int callers;

        Attack(int callers) {
            this.callers = callers;
        }

        void prepare(Neighbour on, String key, String target) throws IOException, InterruptedException {}

        /** Returns method, path, key and body. */
        abstract String[] call(String key, String token, int n);
    }

    private static String config(int entries, String entry, String name) {
        return IntStream.range(0, entries).mapToObj(entry::formatted).collect(Collectors.joining("", name + ":\n", ""));
    }

    private static String backlog(int messages, int n) {
        return IntStream.range(0, messages)
                .mapToObj(i -> "{\"id\":\"%d-%d\",\"from\":\"91987%07d\",\"text\":\"backlog\"}".formatted(n, i, i))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private HttpResponse<String> send(String method, String path, String key, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String ok(String method, String path, String key, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, key, body);
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String value(String json, String name) throws IOException {
        Matcher found = VALUE.matcher(json);
        while (found.find()) {
            if (found.group(1).equals(name)) {
                return found.group(2);
            }
        }
        throw new IOException("No " + name + " in " + json);
    }

    private String newTenant(String name) throws IOException, InterruptedException {
        String id = value(
                ok(
                        "POST",
                        "/v1/tenants",
                        operator,
                        "{\"name\":\"" + name + "\",\"allowedNetworks\":[\"127.0.0.0/8\"]}"),
                "id");
        return value(ok("POST", "/v1/tenants/" + id + "/keys", operator, "{}"), "key");
    }

    private String newPhone(String key) throws IOException, InterruptedException {
        return value(ok("POST", "/v1/devices", key, "{\"name\":\"phone\"}"), "token");
    }

    /** One SMS after the other, each due at its time, whatever the one before it took. */
    private void measure(String what, String token, double rate, int seconds) throws InterruptedException {
        Latencies took = new Latencies();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService phone = Executors.newFixedThreadPool(64);
        long start = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            long due = start + (long) (i * 1e9 / rate);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            String body = "{\"id\":\"%s%d\",\"from\":\"919876543210\",\"text\":\"t\"}".formatted(what, i);
            phone.execute(() -> {
                try {
                    int status = send("POST", "/v1/inbound", token, body).statusCode();
                    if (status != 202) {
                        refused.incrementAndGet();
                    }
                } catch (IOException | InterruptedException e) {
                    refused.incrementAndGet();
                }
                synchronized (took) {
                    took.record(System.nanoTime() - due);
                }
            });
        }
        phone.shutdown();
        phone.awaitTermination(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        System.out.printf(
                Locale.ROOT,
                "%-14s p50 %.1f  p95 %.1f  p99 %.1f  longest %.0f ms, %d not taken%n",
                what,
                took.millis(0.5),
                took.millis(0.95),
                took.millis(0.99),
                took.millis(1),
                refused.get());
    }

    private void attack(Attack attack, String key, String token) {
        AtomicInteger next = new AtomicInteger();
        attacking = true;
        for (int i = 0; i < attack.callers; i++) {
            threads.execute(() -> {
                while (attacking) {
                    String[] call = attack.call(key, token, next.getAndIncrement());
                    int status;
                    try {
                        status = send(call[0], call[1], call[2], call[3]).statusCode();
                    } catch (IOException | InterruptedException e) {
                        status = 0;
                    }
                    synchronized (answers) {
                        answers.computeIfAbsent(status, first -> new AtomicInteger())
                                .incrementAndGet();
                    }
                    if (status >= 400) {
                        rest(); // otherwise the attackers' own work would be what the other tenant notices
                    }
                }
            });
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Attack attack, double rate, int seconds) throws IOException, InterruptedException {
        String attacker = newTenant("A");
        String attackersPhone = newPhone(attacker);
        String phone = newPhone(newTenant("B"));
        try (ServerSocket hanging = new ServerSocket(0, 5000, InetAddress.getLoopbackAddress())) {
            attack.prepare(this, attacker, "http://127.0.0.1:" + hanging.getLocalPort() + "/");
            measure("warm-up", phone, rate, seconds);
            measure("quiet", phone, rate, seconds);
            attack(attack, attacker, attackersPhone);
            measure("attacked", phone, rate, seconds);
            attacking = false;
            synchronized (answers) {
                System.out.println("the attacker was answered " + answers);
            }
            TimeUnit.SECONDS.sleep(10);
            measure("10 s later", phone, rate, seconds);
        }
        System.exit(0);
    }

    /**
     * On a running bridge: {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Neighbour
     * --operator-key sk_operator_… --url http://127.0.0.1:8080 --attack tests|backlogs|actions|configs}
     * ({@code --rate 50 --seconds 20}).
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, "url", "operator-key", "attack", "rate", "seconds");
        new Neighbour(URI.create(options.required("url")), options.required("operator-key"))
                .run(
                        Attack.valueOf(options.required("attack").toUpperCase(Locale.ROOT)),
                        options.number("rate", 50),
                        (int) options.number("seconds", 20));
    }
}
