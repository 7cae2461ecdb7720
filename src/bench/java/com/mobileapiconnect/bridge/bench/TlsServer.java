package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The same over TLS, as most receivers are: keep-alive, a thread per connection, the Java runtime's TLS. */
final class TlsServer implements Server {

    private static final int BUFFER = 64 << 10;

    private final HttpServer.Handler handler;
    private final ServerSocket listener;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private TlsServer(ServerSocket listener, HttpServer.Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /** Port 0 takes a free one. Delays of replies are not waited for. */
    static TlsServer start(int port, SSLContext context, HttpServer.Handler handler) throws IOException {
        TlsServer server = new TlsServer(
                context.getServerSocketFactory().createServerSocket(port, 1024, InetAddress.getLoopbackAddress()),
                handler);
        server.run("tls-sink", server::accept);
        return server;
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public <T> T ask(Supplier<T> question) {
        synchronized (handler) {
            return question.get();
        }
    }

    @Override
    public long cpuNanos() {
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .mapToLong(thread -> Math.max(0, cpu.getThreadCpuTime(thread.getId())))
                .sum();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                run("tls-sink-connection", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            Frame frame = new Frame();
            byte[] bytes = new byte[BUFFER];
            ByteBuffer replies = ByteBuffer.allocate(BUFFER);
            int to = 0;
            int n;
            while ((n = in.read(bytes, to, bytes.length - to)) > 0) {
                to += n;
                int from = 0;
                while (from < to && frame.parse(bytes, from, to)) {
                    from = frame.end();
                    synchronized (handler) {
                        handler.reply(frame, System.nanoTime()).putInto(replies);
                    }
                }
                if (replies.position() > 0) {
                    out.write(replies.array(), 0, replies.position());
                    replies.clear();
                }
                System.arraycopy(bytes, from, bytes, 0, to - from);
                to -= from;
            }
        } catch (IOException gone) {
            // the client comes again
        } finally {
            sockets.remove(socket);
        }
    }
}
