package com.mobileapiconnect.bridge.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that answers each command as it is told, to see what a refusal does. */
final class ScriptedSmtp implements AutoCloseable {

    private final ServerSocket server;
    private final Function<String, String> answers;
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> inTheClear = new CopyOnWriteArrayList<>();
    private final AtomicInteger conversations = new AtomicInteger();
    private final @Nullable SSLContext tls;

    ScriptedSmtp(Function<String, String> answers) {
        this(answers, null);
    }

    /**
     * @param answers to a command; null: the usual one; empty: none at all
     * @param tls     what STARTTLS begins, whatever the answers say of it
     */
    ScriptedSmtp(Function<String, String> answers, @Nullable SSLContext tls) {
        this.answers = answers;
        this.tls = tls;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "smtp://127.0.0.1:" + server.getLocalPort();
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> mails() {
        return mails;
    }

    /** Every command that came before TLS. */
    List<String> inTheClear() {
        return inTheClear;
    }

    /** Returns how many are under way. */
    int conversations() {
        return conversations.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> talk(socket), "scripted-smtp-talk");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        conversations.incrementAndGet();
        try (socket) {
            say(socket, "220 scripted");
            if (converse(socket, inTheClear::add) && tls != null) {
                say(socket, "220 go ahead");
                try (SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true)) {
                    converse(secured, line -> {});
                }
            }
        } catch (IOException e) {
            // it hung up
        } finally {
            conversations.decrementAndGet();
        }
    }

    /** Returns whether it is to go on encrypted. */
    private boolean converse(Socket socket, Consumer<String> heard) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line;
        while ((line = in.readLine()) != null) {
            heard.accept(line);
            if (tls != null && line.equals("STARTTLS")) {
                return true;
            }
            String answer = answers.apply(line);
            if (answer == null && line.equals("DATA")) {
                say(socket, "354 go on");
                StringBuilder mail = new StringBuilder();
                while (!(line = in.readLine()).equals(".")) {
                    mail.append(line).append('\n');
                }
                mails.add(mail.toString());
                answer = "250 taken";
            }
            if (answer == null || !answer.isEmpty()) {
                say(socket, answer == null ? "250 ok" : answer);
            }
        }
        return false;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
