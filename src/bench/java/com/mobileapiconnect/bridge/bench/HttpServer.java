package com.mobileapiconnect.bridge.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The cheapest HTTP/1.1 keep-alive server that is still right: loopback only, one thread, no garbage per request. */
final class HttpServer implements Server {

    private static final int BACKLOG = 1024;
    private static final int FIRST_BUFFER = 4096;

    /** Called on the server's only thread: must not block, and may keep state without locks. */
    interface Handler {
        Reply reply(Frame request, long nowNanos);
    }

    private final Handler handler;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Thread thread;
    private final Frame frame = new Frame();
    private final PriorityQueue<Due> delayed = new PriorityQueue<>();
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private long turns;

    private HttpServer(int port, String name, Handler handler) throws IOException {
        this.handler = handler;
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    /** Port 0 takes a free one. */
    static HttpServer start(int port, String name, Handler handler) throws IOException {
        HttpServer server = new HttpServer(port, name, handler);
        server.thread.start();
        return server;
    }

    @Override
    public int port() {
        return listener.socket().getLocalPort();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** On the server's thread. */
    @Override
    public <T> T ask(Supplier<T> question) {
        if (!thread.isAlive()) {
            return question.get();
        }
        return CompletableFuture.supplyAsync(question, this::onThread).join();
    }

    /** Returns once the thread has ended and every connection is closed. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void onThread(Runnable question) {
        questions.add(question);
        selector.wakeup();
    }

    private void loop() {
        try {
            while (!closed) {
                waitForWork();
                answerWhatIsDue();
                for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
                    question.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitForWork() throws IOException {
        Due first = delayed.peek();
        if (first == null) {
            selector.select(this::ready);
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(first.at() - System.nanoTime());
        // A timeout of 0 would wait for ever; the sub-millisecond rest is waited too, as 1.
        selector.select(this::ready, Math.max(1, millis));
    }

    private void answerWhatIsDue() {
        long now = System.nanoTime();
        for (Due due = delayed.peek(); due != null && due.at() - now <= 0; due = delayed.peek()) {
            delayed.remove();
            due.connection().answerDelayed(due.reply());
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof Connection connection) {
            connection.ready();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(channel, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Due(long at, long turn, Connection connection, Reply reply) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(turn, other.turn) : Long.compare(at - other.at, 0);
        }
    }

    private final class Connection {

        private final SocketChannel channel;
        private final SelectionKey key;
        private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER);
        private ByteBuffer out = ByteBuffer.allocate(FIRST_BUFFER);
        private long lastAnswerAt = System.nanoTime();
        private int waiting;

        Connection(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }

        void ready() {
            try {
                if (key.isReadable()) {
                    read();
                }
                flush();
            } catch (IOException e) {
                // Gone, or talking nonsense: either way it is the client that must come again.
                drop();
            }
        }

        void answerDelayed(Reply reply) {
            waiting--;
            try {
                put(reply);
                flush();
            } catch (IOException e) {
                drop();
            }
        }

        private void read() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
            long now = System.nanoTime();
            int from = 0;
            while (from < in.position() && frame.parse(in.array(), from, in.position())) {
                from = frame.end();
                Reply reply = handler.reply(frame, now);
                long at = now + reply.delayNanos();
                // Pipelined answers keep their order, so a quick one waits for the slow one before it.
                if (at - lastAnswerAt < 0) {
                    at = lastAnswerAt;
                }
                lastAnswerAt = at;
                if (at - now <= 0 && waiting == 0) {
                    put(reply);
                } else {
                    waiting++;
                    delayed.add(new Due(at, turns++, this, reply));
                }
            }
            in.flip().position(from);
            in = in.remaining() == in.capacity() ? roomier(in, in.capacity()) : in.compact();
        }

        private void put(Reply reply) {
            if (out.remaining() < reply.length()) {
                out = roomier(out.flip(), reply.length());
            }
            reply.putInto(out);
        }

        private void flush() throws IOException {
            if (out.position() > 0) {
                out.flip();
                channel.write(out);
                out.compact();
            }
            int wanted = out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        private void drop() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ByteBuffer roomier(ByteBuffer full, int more) {
        return ByteBuffer.allocate(full.capacity() + Math.max(more, full.capacity()))
                .put(full);
    }
}
