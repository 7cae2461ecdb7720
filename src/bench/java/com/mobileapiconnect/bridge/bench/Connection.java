package com.mobileapiconnect.bridge.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection of the load generator, with at most one request on its way. */
final class Connection {

    private static final int FIRST_BUFFER = 4096;

    private final Selector selector;
    private final InetSocketAddress address;
    private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER);
    private @Nullable SocketChannel channel;
    private boolean waiting;
    private long startedAt;

    Connection(Selector selector, InetSocketAddress address) {
        this.selector = selector;
        this.address = address;
    }

    /** Whether it can be used at once; otherwise {@link #connected} comes later, through the selector. */
    boolean open() throws IOException {
        in.clear();
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = opened.connect(address);
        opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        return connected;
    }

    void connected(SelectionKey key) throws IOException {
        channel().finishConnect();
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Latency is counted from {@code start}, which may lie before now. */
    void send(ByteBuffer request, long start) throws IOException {
        waiting = true;
        startedAt = start;
        channel().write(request);
        if (request.hasRemaining()) {
            // With nothing else on its way the socket's buffer is empty, and takes far more than one message.
            throw new IOException("The connection did not take one whole request");
        }
    }

    /** Whether the whole answer is there now, and in the frame until {@link #answered}. */
    boolean read(Frame frame) throws IOException {
        if (channel().read(in) < 0 || !waiting) {
            throw new EOFException();
        }
        if (!frame.parse(in.array(), 0, in.position())) {
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            }
            return false;
        }
        return true;
    }

    /** The answer was read and understood; the next request may go out. */
    void answered() {
        in.clear();
        waiting = false;
    }

    /** Whether a request went out whose answer has not come. */
    boolean waiting() {
        return waiting;
    }

    long startedAt() {
        return startedAt;
    }

    boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    void close() {
        waiting = false;
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket could not be closed", e);
        }
    }

    private SocketChannel channel() throws ClosedChannelException {
        if (channel == null) {
            throw new ClosedChannelException();
        }
        return channel;
    }
}
