package com.mobileapiconnect.bridge.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between a client and a server on this machine that loses an answer, and the connection with it. */
final class LosingProxy implements AutoCloseable {

    private final ServerSocket clients = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile String words = "";

    LosingProxy(int server) throws IOException {
        this.server = server;
        daemon(this::accept);
    }

    int port() {
        return clients.getLocalPort();
    }

    /** The next answer that has these words does not arrive. */
    void loseNextAnswerTo(String answer) {
        words = answer;
    }

    int lost() {
        return lost.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = clients.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
                daemon(() -> pump(client, to, false));
                daemon(() -> pump(to, client, true));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) > 0) {
                String said = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (answers && !words.isEmpty() && said.contains(words)) {
                    words = "";
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // the other side has ended
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "losing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        clients.close();
    }
}
