package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Connections without a key that ask for something, and then neither send nor read any more. */
final class HeldConnections extends Assault {

    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress bridge;
    private final byte[] opening;
    private final int most;
    private final long pauseNanos;
    private final Deque<Socket> held = new ArrayDeque<>(); // guarded by itself

    private HeldConnections(String name, URI url, String opening, int most, int perSecond) {
        super(name, 1);
        this.bridge = new InetSocketAddress(url.getHost(), url.getPort());
        this.opening = opening.getBytes(StandardCharsets.US_ASCII);
        this.most = most;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** 2,500 that announce 8,000 bytes and send 100. */
    static HeldConnections bodies(URI url) {
        return new HeldConnections(
                "bodies that never come",
                url,
                "POST /v1/inbound HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 8000\r\n\r\n"
                        + " ".repeat(100),
                2_500,
                1_000);
    }

    /** 240 that ask forty times for a large answer and read nothing; then twelve more a second. */
    static HeldConnections unread(URI url) {
        return new HeldConnections(
                "answers that nobody reads",
                url,
                "GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40),
                240,
                240);
    }

    @Override
    int call(int caller) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pauseNanos);
        Socket socket = new Socket();
        synchronized (held) {
            held.add(socket);
            if (held.size() > most) {
                held.remove().close();
            }
        }
        socket.setReceiveBufferSize(4 << 10);
        socket.setSoLinger(true, 0); // so many would otherwise use up the ports
        socket.connect(bridge, CONNECT_MILLIS);
        socket.getOutputStream().write(opening);
        return SENT;
    }

    @Override
    void release() {
        synchronized (held) {
            for (Socket socket : held) {
                try {
                    socket.close();
                } catch (IOException e) {
                    continue; // it is gone all the same
                }
            }
            held.clear();
        }
    }
}
