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
    /** Until there are as many as there are to be; then so many a second in place of the oldest. */
    private static final int FIRST_PER_SECOND = 1_000;

    private static final int THEN_PER_SECOND = 12;

    private final InetSocketAddress bridge;
    private final byte[] opening;
    private final int most;
    private final Deque<Socket> held = new ArrayDeque<>(); // guarded by itself

    private HeldConnections(String name, URI url, String opening, int most) {
        super(name, 1);
        this.bridge = new InetSocketAddress(url.getHost(), url.getPort());
        this.opening = opening.getBytes(StandardCharsets.US_ASCII);
        this.most = most;
    }

    /** 2,500 that announce 8,000 bytes and send 100; then twelve more a second. */
    static HeldConnections bodies(URI url) {
        return new HeldConnections(
                "bodies",
                url,
                "POST /v1/inbound HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 8000\r\n\r\n"
                        + " ".repeat(100),
                2_500);
    }

    /** 240 that ask forty times for a large answer and read nothing; then twelve more a second. */
    static HeldConnections unread(URI url) {
        return new HeldConnections("answers", url, "GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40), 240);
    }

    @Override
    int call(int caller) throws IOException, InterruptedException {
        Socket socket = new Socket();
        boolean all;
        synchronized (held) {
            all = held.size() == most;
            if (all) {
                held.remove().close();
            }
            held.add(socket);
        }
        TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / (all ? THEN_PER_SECOND : FIRST_PER_SECOND));
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
