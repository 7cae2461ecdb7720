package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;

/** Many connections of one caller without a key, each of which does the same bad thing, on the thread that calls. */
final class Attackers implements AutoCloseable {

    /** What each connection does. */
    enum Kind {
        /** Announces 8,000 bytes and sends 100 of them. */
        STALLED_BODIES(
                "POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nContent-Length: 8000\r\n\r\n" + " ".repeat(100), true),
        /** Begins a head and does not end it. */
        STALLED_HEADS("POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nX-Slow: ", true),
        /** Asks for the contract 40 times and reads nothing. */
        UNREAD_ANSWERS("GET /v1/openapi.json HTTP/1.1\r\nHost: bridge\r\n\r\n".repeat(40), false),
        /** Is refused 1,000 times, and reads nothing. */
        UNREAD_REFUSALS("POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nContent-Length: 0\r\n\r\n".repeat(1000), false),
        /** Connects, and says nothing. */
        IDLE("", true);

        private final ByteBuffer request;
        private final boolean reads;

        Kind(String request, boolean reads) {
            this.request =
                    ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
            this.reads = reads;
        }

        static Kind named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    private record One(SocketChannel channel, ByteBuffer left) {}

    private static final int RECEIVE_BYTES = 4096;

    private final Kind kind;
    private final InetSocketAddress to;
    private final InetSocketAddress from;
    private final Deque<One> open = new ArrayDeque<>();
    private final ByteBuffer drain = ByteBuffer.allocate(8192);
    private long opened;
    private long ended;

    Attackers(Kind kind, InetSocketAddress to, String from) {
        this.kind = kind;
        this.to = to;
        this.from = new InetSocketAddress(from, 0);
    }

    /** Opens so many more; those that cannot connect now are counted as ended. */
    void open(int more) {
        for (int i = 0; i < more; i++) {
            opened++;
            try {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
                channel.bind(from);
                channel.configureBlocking(false);
                channel.connect(to);
                open.add(new One(channel, kind.request.duplicate()));
            } catch (IOException e) {
                ended++;
            }
        }
    }

    /** Sends what is left to send, and forgets those that were ended; returns how many are open. */
    int goOn() {
        for (Iterator<One> all = open.iterator(); all.hasNext(); ) {
            One one = all.next();
            try {
                if (!one.channel().finishConnect()) {
                    continue;
                }
                one.channel().write(one.left());
                drain.clear();
                if (kind.reads && one.channel().read(drain) < 0) {
                    throw new IOException("ended");
                }
            } catch (IOException e) {
                ended++;
                all.remove();
                closeQuietly(one);
            }
        }
        return open.size();
    }

    /** Ends the oldest until no more than so many are left. */
    void keep(int most) {
        while (open.size() > most) {
            closeQuietly(open.remove());
        }
    }

    private static void closeQuietly(One one) {
        try {
            one.channel().close();
        } catch (IOException e) {
            // it is over either way
        }
    }

    @Override
    public void close() {
        keep(0);
    }

    @Override
    public String toString() {
        return "%s: %d opened, %d ended by the bridge, %d open".formatted(kind, opened, ended, open.size());
    }
}
