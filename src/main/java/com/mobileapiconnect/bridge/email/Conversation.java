package com.mobileapiconnect.bridge.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation with the mail server that can be cut off from outside; the client itself bounds each single read only.
 */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final ThreadLocal<Conversation> CURRENT = new ThreadLocal<>();

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /** True once the conversation has begun or never will. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private volatile boolean over;

    /** The body of a conversation, run on a single thread from start to end. */
    interface Talk {
        void hold() throws Exception;
    }

    void run(Talk talk) throws Exception {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        CURRENT.set(this);
        try {
            talk.hold();
        } finally {
            CURRENT.remove();
        }
    }

    /** Keeps a conversation that has not begun from ever beginning; false if it has begun. */
    boolean neverBegins() {
        return decided.compareAndSet(false, true);
    }

    private void opened(Socket socket) throws IOException {
        sockets.add(socket);
        if (over) {
            socket.close();
        }
    }

    void cutOff() {
        over = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("Closing a connection to the mail server", e);
            }
        }
    }

    /** Makes sockets that belong to the conversation of the thread that opens them. */
    static final class Sockets extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            Conversation conversation = CURRENT.get();
            if (conversation != null) {
                conversation.opened(socket);
            }
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw connectedByTheClient();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw connectedByTheClient();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw connectedByTheClient();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw connectedByTheClient();
        }

        private static UnsupportedOperationException connectedByTheClient() {
            return new UnsupportedOperationException("The mail client connects its sockets itself, within its timeout");
        }
    }
}
