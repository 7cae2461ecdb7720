package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.RawServer.Behaviour;
import com.mobileapiconnect.bridge.support.RawServer.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A receiver, what it does wrong, and how an attempt at it has to end.
 *
 * @param url        with {@code %d} for the port
 * @param errorClass null: delivered
 * @param status     0: none
 * @param posts      whole requests that come over the wire
 * @param http       the connection's options, as JSON
 */
record BadReceiver(
        String name, RawServer server, String url, @Nullable String errorClass, int status, int posts, String http) {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String EMPTY = "Content-Length: 0\r\n\r\n";
    private static final byte[] MEGABYTE = new byte[1 << 20];
    private static final byte[] BOMB = bomb();

    @Override
    public String toString() {
        return name;
    }

    String target() {
        return url.formatted(server.port());
    }

    static List<BadReceiver> all(Certificates certificates, String elsewhere) {
        List<BadReceiver> all = new ArrayList<>();
        slow(all);
        large(all);
        broken(all);
        statuses(all, elsewhere);
        tls(all, certificates);
        return all;
    }

    private static void slow(List<BadReceiver> all) {
        add(all, "never answers", "timeout", 0, Peer::hang);
        add(all, "answers after a minute", "timeout", 0, peer -> {
            peer.waited(60_000);
            peer.send(OK + EMPTY);
        });
        add(all, "headers byte by byte", "timeout", 0, peer -> {
            peer.send(OK + "X-Slow: ");
            peer.endlessly("x", 50);
        });
        add(all, "body byte by byte", "timeout", 200, peer -> {
            peer.send(OK + "Content-Length: 100000\r\n\r\n");
            peer.endlessly("x", 50);
        });
        add(all, "chunks byte by byte", "timeout", 500, peer -> {
            peer.send("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.endlessly("1\r\nx\r\n", 50);
        });
    }

    private static void large(List<BadReceiver> all) {
        Behaviour gigabyte = peer -> {
            for (int i = 0; i < 1 << 10; i++) {
                peer.send(MEGABYTE);
            }
        };
        add(all, "1 GB body", null, 200, peer -> {
            peer.send(OK + "Content-Length: " + (1 << 30) + "\r\n\r\n");
            gigabyte.serve(peer);
        });
        add(all, "1 GB body of a 500", "http", 500, peer -> {
            peer.send("HTTP/1.1 500 No\r\nContent-Length: " + (1 << 30) + "\r\n\r\n");
            gigabyte.serve(peer);
        });
        add(all, "1 MiB at once, then a byte at a time", null, 200, peer -> {
            peer.send(OK + "\r\n").send(MEGABYTE);
            peer.endlessly("x", 50);
        });
        add(all, "endless chunks", null, 200, peer -> {
            peer.send(OK + "Transfer-Encoding: chunked\r\n\r\n");
            peer.endlessly("1000\r\n" + "x".repeat(4096) + "\r\n", 0);
        });
        add(all, "endless lines after the last chunk", "body", 200, peer -> {
            peer.send(OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n");
            peer.endlessly("X-More: and more\r\n", 0);
        });
        add(all, "gzip bomb", null, 200, peer -> {
            peer.send(OK + "Content-Encoding: gzip\r\nContent-Length: " + BOMB.length + "\r\n\r\n")
                    .send(BOMB);
        });
        add(all, "endless headers", "http", 0, peer -> {
            peer.send(OK);
            peer.endlessly("X-More: and more\r\n", 0);
        });
        add(all, "few but huge headers", "http", 0, peer -> {
            peer.send(OK);
            peer.endlessly("X-More: " + "x".repeat(10_000) + "\r\n", 0);
        });
        add(all, "endless header line", "http", 0, peer -> {
            peer.send(OK + "X-More: ");
            peer.endlessly("x".repeat(1000), 0);
        });
        add(all, "endless empty lines", "http", 0, peer -> peer.endlessly("\r\n", 0));
        add(all, "endless 100 Continue", "http", 0, peer -> peer.endlessly("HTTP/1.1 100 Continue\r\n\r\n", 0));
    }

    private static void broken(List<BadReceiver> all) {
        add(all, "garbage", "http", 0, peer -> peer.send("\0\1\2 no HTTP \r\n\r\n at all\r\n"));
        add(all, "SSH", "http", 0, peer -> peer.send("SSH-2.0-OpenSSH_9.2\r\n"));
        add(all, "closes without an answer", "http", 0, peer -> {});
        all.add(plain("reset before the request", "http", 0, 0, Peer::reset));
        add(all, "reset before the headers", "http", 0, Peer::reset);
        add(all, "reset within the headers", "http", 0, peer -> {
            peer.send(OK + "Content-Le");
            peer.waited(20);
            peer.reset();
        });
        add(all, "reset after the headers", "body", 200, peer -> {
            peer.send(OK + "Content-Length: 10\r\n\r\nxx");
            peer.waited(200);
            peer.reset();
        });
        add(all, "Content-Length too long", "body", 200, peer -> peer.send(OK + "Content-Length: 10\r\n\r\nshort"));
        add(all, "Content-Length too short", null, 200, peer -> peer.send(OK + "Content-Length: 2\r\n\r\nlonger"));
        add(all, "Content-Length no number", "http", 0, peer -> peer.send(OK + "Content-Length: many\r\n\r\nx"));
        add(all, "Content-Length negative", "http", 0, peer -> peer.send(OK + "Content-Length: -5\r\n\r\nx"));
        add(all, "chunk size nonsense", "body", 200, peer -> chunked(peer, "zz\r\nx\r\n0\r\n\r\n"));
        add(all, "chunk size beyond 64 bits", "body", 200, peer -> chunked(peer, "f".repeat(17) + "\r\nx\r\n"));
        add(all, "chunk without its end", "body", 200, peer -> chunked(peer, "2\r\nxxxx\r\n0\r\n\r\n"));
        add(all, "chunks without the last", "body", 200, peer -> chunked(peer, "1\r\nx\r\n"));
    }

    private static void statuses(List<BadReceiver> all, String elsewhere) {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            add(
                    all,
                    status + " to elsewhere",
                    "http",
                    status,
                    peer -> peer.send("HTTP/1.1 " + status + " Moved\r\nLocation: " + elsewhere + "\r\n" + EMPTY));
        }
        add(all, "101 Switching Protocols", "http", 0, peer -> peer.send("HTTP/1.1 101 Go\r\nUpgrade: x\r\n\r\n"));
        add(all, "103 and then 200", null, 200, peer -> peer.send("HTTP/1.1 103 Early Hints\r\n\r\n" + OK + EMPTY));
        add(all, "only 199", "http", 0, peer -> peer.send("HTTP/1.1 199 Hm\r\n\r\n"));
        add(all, "204", null, 204, peer -> peer.send("HTTP/1.1 204 No Content\r\n\r\n"));
        add(all, "204 with a body", null, 204, peer -> peer.send("HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nok"));
        add(all, "299", null, 299, peer -> peer.send("HTTP/1.1 299 Odd\r\n" + EMPTY));
        add(all, "600", "http", 600, peer -> peer.send("HTTP/1.1 600 Odder\r\n" + EMPTY));
        add(all, "99", "http", 0, peer -> peer.send("HTTP/1.1 99 Less\r\n" + EMPTY));
        add(all, "HTTP/2.0", "http", 0, peer -> peer.send("HTTP/2.0 200 OK\r\n" + EMPTY));
        add(
                all,
                "asks for a login",
                "http",
                401,
                peer -> peer.send("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" + EMPTY));
    }

    private static void tls(List<BadReceiver> all, Certificates certificates) {
        String trust = "{\"tls\":{\"ca\":\"" + json(certificates) + "\"}}";
        Behaviour ok = peer -> {
            peer.request();
            peer.send(OK + EMPTY);
        };
        Certificates.Issued expired =
                certificates.server(Instant.now().minus(Duration.ofDays(1)), "127.0.0.1", "localhost");
        Certificates.Issued stranger =
                certificates.server(Instant.now().plus(Duration.ofDays(1)), "erp.example.com", "192.0.2.1");
        all.add(secure(
                "TLS, as it should be",
                null,
                200,
                1,
                trust,
                RawServer.start(certificates.context(certificates.server()), ok)));
        all.add(secure(
                "TLS from an unknown authority",
                "tls",
                0,
                0,
                "null",
                RawServer.start(certificates.context(certificates.server()), ok)));
        all.add(secure(
                "TLS certificate expired", "tls", 0, 0, trust, RawServer.start(certificates.context(expired), ok)));
        all.add(secure(
                "TLS certificate of another name",
                "tls",
                0,
                0,
                trust,
                RawServer.start(certificates.context(stranger), ok)));
        all.add(secure("TLS 1.0 only", "tls", 0, 0, trust, RawServer.start(BadReceiver::tls10)));
        all.add(secure("TLS that stalls in the handshake", "timeout", 0, 0, trust, RawServer.start(peer -> {
            peer.read();
            peer.hang();
        })));
        all.add(secure("no TLS at all", "tls", 0, 0, trust, RawServer.start(peer -> {
            peer.read();
            peer.send("HTTP/1.1 400 Plain HTTP only\r\n" + EMPTY);
        })));
    }

    /** A ServerHello for TLS 1.0 (RFC 2246, 7.4.1.3), whatever the client offers. */
    private static void tls10(Peer peer) throws IOException {
        peer.read();
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1});
        hello.writeBytes(new byte[32]);
        hello.writeBytes(new byte[] {0, (byte) 0xc0, 0x13, 0});
        peer.send(hello.toByteArray());
        peer.hang();
    }

    private static void chunked(Peer peer, String chunks) throws IOException {
        peer.send(OK + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(MEGABYTE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String json(Certificates certificates) {
        try {
            return certificates.authority().certificatePem().replace("\n", "\\n");
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the request first. */
    private static void add(
            List<BadReceiver> all, String name, @Nullable String errorClass, int status, Behaviour after) {
        all.add(plain(name, errorClass, status, 1, peer -> {
            peer.request();
            after.serve(peer);
        }));
    }

    private static BadReceiver plain(
            String name, @Nullable String errorClass, int status, int posts, Behaviour behaviour) {
        return new BadReceiver(
                name, RawServer.start(behaviour), "http://127.0.0.1:%d/sms", errorClass, status, posts, "null");
    }

    private static BadReceiver secure(
            String name, @Nullable String errorClass, int status, int posts, String http, RawServer server) {
        return new BadReceiver(name, server, "https://127.0.0.1:%d/sms", errorClass, status, posts, http);
    }
}
