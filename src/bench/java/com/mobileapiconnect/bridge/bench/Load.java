package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages as phones do, over a number of keep-alive connections that share the calling thread: each sends one,
 * waits for its 202, and sends the next. What was not acknowledged is counted and not sent again.
 */
final class Load implements AutoCloseable {

    private static final int ACCEPTED = 202;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_WAIT_MILLIS = 100;
    private static final byte[] ID = "msg_".getBytes(StandardCharsets.US_ASCII);

    private final InboundRequest request;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Map<Connection, Long> pausedUntil = new LinkedHashMap<>();
    private final Hashes acknowledged = new Hashes();
    private final Frame frame = new Frame();
    private Tally tally = new Tally(Phase.seconds("", 0, 0));
    private int onTheirWay;

    /** Fails at once when nothing listens there. */
    Load(URI url, String token, int count) throws IOException {
        InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
        new Socket(address.getAddress(), address.getPort()).close();
        this.request = new InboundRequest(url, token, Long.toString(System.currentTimeMillis(), 36));
        this.selector = Selector.open();
        for (int i = 0; i < count; i++) {
            connections.add(new Connection(selector, address));
        }
        connections.forEach(this::open);
    }

    /** Runs one phase on the calling thread; returns when the last answer has come, or did not come in ten seconds. */
    Result run(Phase phase) throws IOException {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        tally = new Tally(phase);
        for (long now = System.nanoTime(); tally.sending(now); now = System.nanoTime()) {
            resume(now);
            sendWhatIsDue(now);
            selector.select(this::ready, idle.isEmpty() ? LONGEST_WAIT_MILLIS : tally.millisToNext(now));
            tally.printProgress(now);
        }
        long endedAt = System.nanoTime();
        while (onTheirWay > 0 && System.nanoTime() - endedAt < LAST_ANSWERS_NANOS) {
            selector.select(this::ready, LONGEST_WAIT_MILLIS);
        }
        connections.stream().filter(Connection::waiting).forEach(this::broken);
        return tally.result(endedAt, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
    }

    /** The ids of all messages that were answered 202, of every phase. */
    Hashes acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        selector.close();
    }

    private void sendWhatIsDue(long now) {
        while (!idle.isEmpty() && tally.isDue(now)) {
            Connection connection = idle.remove();
            onTheirWay++;
            long start = tally.startNext();
            try {
                connection.send(request.next(start), start);
            } catch (IOException e) {
                broken(connection);
            }
        }
    }

    private void ready(SelectionKey key) {
        if (!(key.attachment() instanceof Connection connection)) {
            return;
        }
        try {
            if (key.isConnectable()) {
                connection.connected(key);
                idle.add(connection);
            } else if (connection.read(frame)) {
                answered(connection);
            }
        } catch (IOException e) {
            broken(connection);
        }
    }

    private void answered(Connection connection) throws ProtocolException {
        boolean accepted = frame.status() == ACCEPTED;
        if (accepted) {
            tally.acknowledged(System.nanoTime(), connection.startedAt(), acknowledged.add(messageId()));
        } else {
            tally.refused(frame.status());
        }
        onTheirWay--;
        connection.answered();
        if (frame.closes()) {
            connection.close();
        }
        if (!accepted) {
            // As a phone would wait; without it a refusing server is asked faster than a willing one.
            pause(connection);
        } else if (connection.isOpen()) {
            idle.add(connection);
        } else {
            open(connection);
        }
    }

    private long messageId() throws ProtocolException {
        byte[] bytes = frame.bytes();
        for (int at = frame.bodyFrom(); at + ID.length < frame.bodyTo(); at++) {
            if (bytes[at] == ID[0] && bytes[at + 1] == ID[1] && bytes[at + 2] == ID[2] && bytes[at + 3] == ID[3]) {
                int end = at;
                while (end < frame.bodyTo() && bytes[end] != '"') {
                    end++;
                }
                return Hashes.of(bytes, at, end);
            }
        }
        throw new ProtocolException("A 202 without a msg_ id");
    }

    private void open(Connection connection) {
        tally.reconnect();
        try {
            if (connection.open()) {
                idle.add(connection);
            }
        } catch (IOException e) {
            broken(connection);
        }
    }

    private void broken(Connection connection) {
        if (connection.waiting()) {
            tally.broken();
            onTheirWay--;
        }
        connection.close();
        idle.remove(connection);
        pause(connection);
    }

    private void pause(Connection connection) {
        pausedUntil.putIfAbsent(connection, System.nanoTime() + PAUSE_NANOS);
    }

    private void resume(long now) {
        if (pausedUntil.isEmpty()) {
            return;
        }
        List<Connection> rested = pausedUntil.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        for (Connection connection : rested) {
            pausedUntil.remove(connection);
            if (connection.isOpen()) {
                idle.add(connection);
            } else {
                open(connection);
            }
        }
    }

    /**
     * Loads a running bridge and prints a table:
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Load --token dvt_…
     * --url http://127.0.0.1:8080}
     * ({@code --connections 64 --warmup 45 --seconds 30}; {@code --messages N} in place of seconds; {@code --rate N}
     * a second, with latency from the moment that a message was due).
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args, "url", "token", "connections", "warmup", "seconds", "messages", "rate");
        URI url = URI.create(options.required("url"));
        try (Load load = new Load(url, options.required("token"), (int) options.number("connections", 64))) {
            Result warmup = load.run(Phase.warmup(options));
            Result measured = load.run(Phase.measured(options));
            System.out.println(Result.HEADING);
            System.out.println(warmup);
            System.out.println(measured);
        }
    }
}
