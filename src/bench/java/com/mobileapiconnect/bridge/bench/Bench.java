package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Receiver.Answers;
import com.mobileapiconnect.bridge.bench.Receiver.Count;
import com.mobileapiconnect.bridge.bench.Report.Arrivals;
import com.mobileapiconnect.bridge.bench.Sink.Snapshot;
import com.mobileapiconnect.bridge.support.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole run against a running bridge: targets and a phone set up, load, and the proof that everything arrived. */
final class Bench {

    private static final String[] OPTIONS = {
        "url",
        "api-key",
        "targets",
        "connections",
        "warmup",
        "seconds",
        "messages",
        "rate",
        "verify",
        "drain",
        "json",
        "tls"
    };
    private static final double CEILING_WARMUP = 3;
    private static final double CEILING_SECONDS = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Options options;
    private final URI url;
    private final Bridge bridge;
    private final int connections;
    private final int targets;
    private final @Nullable Certificates tls;

    private Bench(Options options) {
        this.options = options;
        this.url = URI.create(options.required("url"));
        this.tls = options.text("tls").map(Boolean::valueOf).orElse(false) ? new Certificates() : null;
        this.bridge = new Bridge(url, options.required("api-key"), authority());
        this.connections = (int) options.number("connections", 64);
        this.targets = (int) options.number("targets", 3);
    }

    private Report run() throws IOException, InterruptedException {
        Result ceiling = Ceiling.measure(connections, CEILING_WARMUP, CEILING_SECONDS);
        System.out.println(Result.HEADING + System.lineSeparator() + ceiling);
        List<String> secrets = secrets();
        try (Sink sink = tls == null
                ? Sink.start(0, receivers(secrets))
                : Sink.startTls(tls.context(tls.server()), receivers(secrets))) {
            for (int i = 1; i < targets; i++) {
                bridge.addConnection("bench " + i, sink.url(path(i)), secrets.get(i));
            }
            bridge.setWebhook(sink.url(path(0)), secrets.get(0));
            Report report = load(sink, bridge.addDevice("bench"), ceiling);
            clear(report);
            return report;
        }
    }

    private Report load(Sink sink, String token, Result ceiling) throws IOException, InterruptedException {
        try (Load load = new Load(url, token, connections)) {
            Result warmup = load.run(Phase.warmup(options));
            System.out.println(warmup);
            Snapshot before = sink.snapshot();
            Result measured = load.run(Phase.measured(options));
            Snapshot after = sink.snapshot();
            System.out.println(measured);
            awaitAll(sink, load.acknowledged(), after.atNanos());
            // A second more, for repeats that come late.
            Thread.sleep(1000);
            Map<String, Long> missing = sink.missing(load.acknowledged());
            Arrivals arrivals = new Arrivals(before, after, sink.snapshot(), missing);
            return new Report(connections, ceiling, warmup, measured, arrivals);
        }
    }

    private void clear(Report report) {
        if (!report.good()) {
            System.out.println("The targets and the device are left as they are, to be looked at.");
            return;
        }
        try {
            bridge.clear();
        } catch (IOException e) {
            System.out.println("What the run set up could not be deleted: " + e.getMessage());
        }
    }

    private void awaitAll(Sink sink, Hashes acknowledged, long since) throws InterruptedException {
        long longest = (long) (options.number("drain", 60) * 1e9);
        while (System.nanoTime() - since < longest) {
            boolean enough = sink.snapshot().paths().stream()
                    .mapToLong(Count::messages)
                    .allMatch(messages -> messages >= acknowledged.size());
            // Compared one by one only when the numbers allow it: that stops the sink for a moment.
            if (enough && sink.missing(acknowledged).values().stream().allMatch(count -> count == 0)) {
                return;
            }
            Thread.sleep(enough ? 1000 : 50);
        }
    }

    private @Nullable String authority() {
        try {
            return tls == null ? null : tls.authority().certificatePem();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was just made can be written", e);
        }
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            secrets.add("whsec_" + Base64.getEncoder().encodeToString(bytes));
        }
        return secrets;
    }

    private List<Receiver> receivers(List<String> secrets) {
        int verifyEvery = (int) options.number("verify", 1);
        List<Receiver> receivers = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            receivers.add(new Receiver(path(i), secrets.get(i), verifyEvery, Answers.OK));
        }
        return receivers;
    }

    private static String path(int target) {
        return "/target-" + target;
    }

    /**
     * Measures a bridge, and exits 1 if a message is missing, two have one id, or a signature is bad:
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Bench --api-key sk_live_…
     * --url http://127.0.0.1:8080}
     * ({@code --targets 3 --connections 64 --warmup 45 --seconds 30}; {@code --messages N} in place of seconds;
     * {@code --rate N} a second, open loop; {@code --verify N} one signature in N, 0 none; {@code --drain 60}
     * seconds at most for the last to arrive; {@code --json FILE}; {@code --tls true} receives over TLS, under an authority of the run's own). The bridge must be allowed to call loopback, and
     * should have no other targets.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, OPTIONS);
        Report report = new Bench(options).run();
        System.out.print(report.text());
        Optional<String> json = options.text("json");
        if (json.isPresent()) {
            Files.writeString(Path.of(json.get()), report.json());
        }
        System.exit(report.good() ? 0 : 1);
    }
}
