package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Receiver.Answers;
import com.mobileapiconnect.bridge.bench.Receiver.Count;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks that verifies and counts them, on 127.0.0.1. */
final class Sink implements AutoCloseable {

    private static final Reply NOT_FOUND = Reply.of(404, "{}", 0);

    private final List<Receiver> receivers;
    private final Server server;
    private long strays;

    private Sink(int port, @Nullable SSLContext tls, List<Receiver> receivers) throws IOException {
        this.receivers = List.copyOf(receivers);
        this.server =
                tls == null ? HttpServer.start(port, "sink", this::reply) : TlsServer.start(port, tls, this::reply);
    }

    /** Port 0 takes a free one. */
    static Sink start(int port, List<Receiver> receivers) throws IOException {
        return new Sink(port, null, receivers);
    }

    static Sink startTls(SSLContext tls, List<Receiver> receivers) throws IOException {
        return new Sink(0, tls, receivers);
    }

    String url(String path) {
        return server.scheme() + "://127.0.0.1:" + server.port() + path;
    }

    /** What has arrived until now. Also after {@link #close}. */
    Snapshot snapshot() {
        return server.ask(() -> new Snapshot(
                receivers.stream().map(Receiver::count).toList(), strays, System.nanoTime(), server.cpuNanos()));
    }

    /** The times from a message's sending to its arrival at all paths together, since the last time this was asked. */
    Latencies travelled() {
        return server.ask(() -> {
            Latencies all = new Latencies();
            receivers.forEach(receiver -> all.add(receiver.travelled()));
            return all;
        });
    }

    /** Per path, how many of these messages have not arrived. Nobody may add to the set meanwhile. */
    Map<String, Long> missing(Hashes acknowledged) {
        return server.ask(() -> {
            Map<String, Long> missing = new LinkedHashMap<>();
            receivers.forEach(receiver -> missing.put(receiver.count().path(), receiver.missing(acknowledged)));
            return missing;
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Reply reply(Frame request, long nowNanos) {
        for (Receiver receiver : receivers) {
            if (receiver.isFor(request)) {
                return receiver.take(request, nowNanos);
            }
        }
        strays++;
        return NOT_FOUND;
    }

    /** Counts of one instant, in {@link System#nanoTime}; {@code strays} came to paths that nobody receives at. */
    record Snapshot(List<Count> paths, long strays, long atNanos, long cpuNanos) {
        long sum(ToLongFunction<Count> figure) {
            return paths.stream().mapToLong(figure).sum();
        }
    }

    /**
     * Receives until it is stopped, and prints the counts every five seconds:
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Sink --port 9000
     * --path /a=whsec_… --path /b}
     * ({@code --path} is a path and, where it is signed, its secret; {@code --verify N} one signature in N, 0 none;
     * {@code --status 503 --share 0.1} refuses a tenth; {@code --delay-ms 50} answers late).
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, "port", "path", "verify", "status", "share", "delay-ms");
        int verifyEvery = (int) options.number("verify", 1);
        Answers answers = new Answers(
                (int) options.number("status", 503), options.number("share", 0), TimeUnit.MILLISECONDS.toNanos((long)
                        options.number("delay-ms", 0)));
        List<Receiver> receivers = options.all("path").stream()
                .map(path -> path.split("=", 2))
                .map(path -> new Receiver(path[0], path.length == 2 ? path[1] : null, verifyEvery, answers))
                .toList();
        try (Sink sink = start((int) options.number("port", 0), receivers)) {
            System.out.println("listening at " + sink.url("/"));
            while (true) {
                Thread.sleep(5000);
                Snapshot now = sink.snapshot();
                now.paths().forEach(System.out::println);
                if (now.strays() > 0) {
                    System.out.println(now.strays() + " calls for other paths, answered 404");
                }
            }
        }
    }
}
