package com.mobileapiconnect.bridge.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver at the level of the socket, as bad as a test needs it; counts connections and whole requests. */
public final class RawServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is done with a connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Peer peer) throws IOException;
    }

    private RawServer(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        threads.execute(this::accept);
    }

    public static RawServer start(Behaviour behaviour) {
        return start(null, behaviour);
    }

    /** @param tls null: plain TCP */
    public static RawServer start(@Nullable SSLContext tls, Behaviour behaviour) {
        try {
            InetAddress loopback = InetAddress.getByName("127.0.0.1");
            return new RawServer(
                    tls == null
                            ? new ServerSocket(0, 50, loopback)
                            : tls.getServerSocketFactory().createServerSocket(0, 50, loopback),
                    behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The heads of the requests that came whole, on all connections. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.serve(new Peer(socket));
        } catch (IOException clientWentAway) {
            // that is what most of these are about
        } finally {
            open.remove(socket);
        }
    }

    /** The other end of one connection. */
    public final class Peer {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        public Socket socket() {
            return socket;
        }

        /** One whole request, head and body; its head is returned. */
        public String request() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("The client went away");
                }
                head.write(b);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            Matcher length = LENGTH.matcher(text);
            if (length.find()) {
                in.readNBytes(Integer.parseInt(length.group(1)));
            }
            requests.add(text);
            return text;
        }

        public int read() throws IOException {
            return in.read();
        }

        public Peer send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Peer send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** For ever, or until the client goes away or the server is closed. */
        public void endlessly(String text, long pauseMillis) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            do {
                send(bytes);
            } while (!waited(pauseMillis));
        }

        /** True when the server was closed meanwhile. */
        public boolean waited(long millis) {
            try {
                return closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        public void hang() {
            waited(120_000);
        }

        /** RST instead of FIN. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
