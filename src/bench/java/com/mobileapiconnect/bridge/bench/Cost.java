package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Receiver.Answers;
import com.mobileapiconnect.bridge.bench.Receiver.Count;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery costs in processor time: a bridge and a bare relay that keeps nothing, in turns on the same machine,
 * under the same load to the same three receivers.
 */
final class Cost {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final List<String> PATHS = List.of("/0", "/1", "/2");
    private static final long DRAIN_NANOS = 120_000_000_000L;
    private static final int CONNECTIONS = 64;

    private final Options options;
    private final Path java;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    private Cost(Options options) {
        this.options = options;
        this.java = Path.of(options.text("java").orElse(System.getProperty("java.home")));
    }

    /**
     * What one phase came to: {@code cpu} is CPU seconds per 1,000 deliveries without compilers, {@code all} with
     * them, {@code sleeps} how many times threads went to sleep per delivery.
     */
    private record Row(double perSecond, double cpu, double all, double sleeps, Result sent, Latencies travelled) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%8.0f %9.3f %9.3f %6.2f   %7.2f %7.2f   %7.2f %7.2f  %s",
                    perSecond,
                    cpu,
                    all,
                    sleeps,
                    sent.latencies().millis(0.50),
                    sent.latencies().millis(0.99),
                    travelled.millis(0.50),
                    travelled.millis(0.99),
                    sent.trouble());
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "%-8s %-8s %8s %9s %9s %6s   %7s %7s   %7s %7s  %s%n",
                "peer",
                "phase",
                "dlv/s",
                "cpu/1000",
                "with jit",
                "sleeps",
                "202 p50",
                "p99 ms",
                "all p50",
                "p99 ms",
                "trouble");
        for (int i = 0; i < options.number("runs", 1); i++) {
            for (String peer : options.text("peers").orElse("bridge,relay").split(",")) {
                measure(peer);
            }
        }
        ratios();
    }

    private void measure(String peer) throws IOException, InterruptedException {
        boolean relay = peer.equals("relay");
        List<Receiver> receivers = PATHS.stream()
                .map(path -> new Receiver(path, relay ? null : SECRET, 1, Answers.OK))
                .toList();
        Path data = Files.createTempDirectory("cost");
        try (Sink sink = Sink.start(0, receivers);
                BridgeProcess process = relay ? relay(sink) : bridge(data, options.text(peer))) {
            String token = relay ? "dvt_none" : prepare(process, sink);
            URI url = URI.create(process.url());
            int browsers = relay ? 0 : (int) options.number("portals", 0);
            Portals portals = Portals.open(url, RunningBridge.TENANT_KEY, browsers);
            try (Load load = new Load(url, token, CONNECTIONS)) {
                load.run(Phase.seconds("warm-up", options.number("warmup", 30), 0));
                drain(sink, load);
                for (String rate : options.text("rates").orElse("0,500,200").split(",")) {
                    portals.kilobytes();
                    phase(peer, process, sink, load, Double.parseDouble(rate));
                    if (browsers > 0) {
                        System.out.printf("%-8s %d portals read %,d kB%n", peer, browsers, portals.kilobytes());
                    }
                }
            }
            System.out.printf("%-8s %s%n", peer, new Footprint.Probe(Long.toString(process.pid())).take());
            if (!relay && sink.snapshot().sum(Count::badSignatures) > 0) {
                throw new IllegalStateException("A signature was wrong");
            }
        }
    }

    private void phase(String peer, BridgeProcess process, Sink sink, Load load, double rate)
            throws IOException, InterruptedException {
        sink.travelled();
        boolean profiled = !peer.equals("relay") && options.text("profile").isPresent();
        @Nullable Stages stages = profiled ? Stages.record(java, process.pid()) : null;
        long before = sink.snapshot().sum(Count::calls);
        ProcessCpu begun = ProcessCpu.of(process.pid());
        long begunAt = System.nanoTime();
        Result sent = load.run(Phase.seconds("measured", options.number("seconds", 20), rate));
        drain(sink, load);
        double seconds = (System.nanoTime() - begunAt) / 1e9;
        ProcessCpu used = ProcessCpu.of(process.pid()).since(begun);
        long delivered = sink.snapshot().sum(Count::calls) - before;
        Row row = new Row(
                delivered / seconds,
                used.withoutCompilers() * 1000 / delivered,
                used.seconds() * 1000 / delivered,
                (double) used.sleeps() / delivered,
                sent,
                sink.travelled());
        String phase = rate == 0 ? "closed" : Math.round(rate) + "/s";
        rows.computeIfAbsent(peer + " " + phase, key -> new ArrayList<>()).add(row);
        System.out.printf("%-8s %-8s %s%n", peer, phase, row);
        if (options.text("threads").isPresent()) {
            System.out.print(used.byThread(delivered));
        }
        if (stages != null) {
            stages.print(delivered);
        }
    }

    /** Waits until everything that was taken has arrived. */
    private static void drain(Sink sink, Load load) throws InterruptedException {
        long wanted = (long) load.acknowledged().size() * PATHS.size();
        long until = System.nanoTime() + DRAIN_NANOS;
        while (sink.snapshot().sum(Count::calls) < wanted && System.nanoTime() - until < 0) {
            Thread.sleep(20);
        }
    }

    private void ratios() {
        rows.keySet().stream().filter(key -> key.startsWith("relay ")).forEach(key -> {
            String phase = key.substring("relay ".length());
            rows.keySet().stream()
                    .filter(other -> other.endsWith(" " + phase) && !other.equals(key))
                    .forEach(other -> System.out.printf(
                            Locale.ROOT,
                            "%-18s medians: %.3f, of the relay %.3f: %.2f times%n",
                            other,
                            median(other),
                            median(key),
                            median(other) / median(key)));
        });
    }

    private double median(String key) {
        double[] sorted = rows.getOrDefault(key, List.of()).stream()
                .mapToDouble(Row::cpu)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private BridgeProcess relay(Sink sink) {
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin/java").toString(),
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                Relay.class.getName()));
        PATHS.forEach(path -> command.addAll(List.of("--target", sink.url(path))));
        return BridgeProcess.launch(command, Path.of("").toAbsolutePath(), Path.of("unused"), Map.of())
                .awaitReady();
    }

    private BridgeProcess bridge(Path data, Optional<String> directory) {
        List<String> more = options.text("options")
                .map(text -> text.split(" "))
                .map(Arrays::asList)
                .orElse(List.of());
        List<String> command = Stream.of(
                        List.of(java.resolve("bin/java").toString(), "-Xmx192m"),
                        more,
                        List.of("-jar", "target/erp-bridge.jar"))
                .flatMap(List::stream)
                .toList();
        return BridgeProcess.launch(
                        command,
                        Path.of(directory.orElse("")).toAbsolutePath(),
                        data,
                        Map.of(
                                "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
                                "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY,
                                "BRIDGE_DELIVERY_ALLOWED_NETWORKS", "127.0.0.0/8"))
                .awaitReady();
    }

    private static String prepare(BridgeProcess process, Sink sink) throws IOException {
        Bridge bridge = new Bridge(URI.create(process.url()), RunningBridge.TENANT_KEY, null);
        bridge.setWebhook(sink.url(PATHS.get(0)), SECRET);
        for (String path : PATHS.subList(1, PATHS.size())) {
            bridge.addConnection("cost " + path, sink.url(path), SECRET);
        }
        return bridge.addDevice("cost");
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Cost}
     * ({@code --java HOME} runs both on another Java; {@code --rates 0,500,200} messages a second, 0 closed loop over 64
     * connections; {@code --warmup 30 --seconds 20 --runs 1}; {@code --peers bridge,base,relay} with {@code --base DIR}
     * compares a second build of the bridge; {@code --options} for the bridge's Java; {@code --profile true} says where
     * the time goes, stage by stage, {@code --threads true} thread by thread; {@code --portals 20} has that many browsers
     * look on). The jar has to be built before.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Cost(Options.parse(
                        args, "java", "rates", "warmup", "seconds", "runs", "peers", "bridge", "base", "options",
                        "profile", "threads", "portals"))
                .run();
    }
}
