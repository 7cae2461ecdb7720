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
import java.util.function.Function;

/** A mail server that answers each command as it is told, to see what a refusal does. */
final class ScriptedSmtp implements AutoCloseable {

    private final ServerSocket server;
    private final Function<String, String> answers;
    private final List<String> mails = new CopyOnWriteArrayList<>();

    /** @param answers to a command; null: the usual one; empty: none at all */
    ScriptedSmtp(Function<String, String> answers) {
        this.answers = answers;
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

    List<String> mails() {
        return mails;
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
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            say(socket, "220 scripted");
            String line;
            while ((line = in.readLine()) != null) {
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
        } catch (IOException e) {
            // it hung up
        }
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
