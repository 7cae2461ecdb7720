package com.mobileapiconnect.bridge.client;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.thread.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client by itself: whose connections are used again, and what ends with a call. */
class ClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Loops loops = new Loops();
    private final CallMemory memory = new CallMemory(320 << 10);
    private final Client client = new Client(loops, () -> (name, session) -> true, null, memory, 3);
    private @Nullable RawServer server;

    @AfterEach
    void close() {
        client.close();
        loops.close();
        if (server != null) {
            server.close();
        }
    }

    /** A caller with more time than any machine needs. */
    private static class Told implements Caller {

        private final Object owner;
        private final long deadlineNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        private volatile @Nullable Answer answer;

        private int keptBytes = 100;

        Told(Object owner) {
            this.owner = owner;
        }

        @Override
        public String tenantId() {
            return owner.toString();
        }

        @Override
        public Object owner() {
            return owner;
        }

        @Override
        public CompletableFuture<List<InetSocketAddress>> addresses(String host, int port) {
            return CompletableFuture.completedFuture(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }

        @Override
        public @Nullable SSLContext tls() {
            return null;
        }

        @Override
        public long deadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public void timeOut() {
            // the future tells
        }

        @Override
        public int keptBytes() {
            return keptBytes;
        }

        @Override
        public void answered(Answer came) {
            answer = came;
        }
    }

    private CompletableFuture<Void> post(Told caller, byte[] body) {
        return client.send(
                new Request("POST", URI.create("http://127.0.0.1:" + server.port() + "/sms"), Map.of(), body), caller);
    }

    private Answer answer(Object owner) throws Exception {
        Told caller = new Told(owner);
        post(caller, new byte[10]).get(120, TimeUnit.SECONDS);
        return caller.answer;
    }

    @Test
    void aConnectionIsUsedAgainForItsOwnerAlone() throws Exception {
        server = RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.send(OK);
            }
        });
        for (Object owner : List.of("a", "a", "b", "a", "b")) {
            assertThat(answer(owner).body()).isEqualTo("ok");
        }
        assertThat(server.connections()).isEqualTo(2);
        client.closeIdle();
        answer("a");
        assertThat(server.connections()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {OK, "<!-- served by nobody -->", "H"})
    void moreThanTheAnswerIsNoPartOfTheNextOne(String more) throws Exception {
        server = RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.send(OK + more);
            }
        });
        Told first = new Told("a");
        Told second = new Told("a");
        // The second call begins on the loop, in the end of the first.
        post(first, new byte[10])
                .thenCompose(done -> post(second, new byte[10]))
                .get(120, TimeUnit.SECONDS);
        assertThat(second.answer.body()).isEqualTo("ok");
        assertThat(server.requests()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void onlySoManyConnectionsWaitForAFurtherCall() throws Exception {
        server = RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.send(OK);
            }
        });
        for (Object owner : List.of("a", "b", "c", "d", "d", "a", "b", "c")) {
            answer(owner);
        }
        assertThat(server.connections()).isEqualTo(5);
    }

    @Test
    void aUrlIsSentInAscii() throws Exception {
        server = RawServer.start(peer -> {
            peer.request();
            peer.send(OK);
        });
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/größe//a%2Fb?q=ä&r=1");
        client.send(new Request("POST", url, Map.of(), new byte[1]), new Told("a"))
                .get(120, TimeUnit.SECONDS);
        assertThat(server.requests().get(0)).startsWith("POST /gr%C3%B6%C3%9Fe//a%2Fb?q=%C3%A4&r=1 HTTP/1.1\r\n");
    }

    @Test
    void whatNobodyAskedForIsNoAnswerToTheNextRequest() throws Exception {
        server = RawServer.start(peer -> {
            peer.request();
            peer.send(OK + "HTTP/1.1 299 Sneaked in\r\nContent-Length: 0\r\n\r\n");
            peer.request();
            peer.send(OK);
        });
        assertThat(answer("a").status()).isEqualTo(200);
        assertThat(answer("a").status()).isEqualTo(200);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anAnswerThatContradictsItselfEndsItsConnection() throws Exception {
        server = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 204 No Content\r\nContent-Length: 49\r\n\r\n");
            peer.request();
            peer.send("HTTP/1.1 299 Sneaked in\r\nContent-Length: 0\r\n\r\n");
        });
        assertThat(answer("a").status()).isEqualTo(204);
        assertThat(answer("a").status()).isEqualTo(204);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anAnswerThatComesBeforeTheRequestIsReadCounts() throws Exception {
        server = RawServer.start(peer -> {
            peer.send("HTTP/1.1 413 Too long\r\nContent-Length: 0\r\n\r\n");
            peer.hang();
        });
        Told caller = new Told("a");
        post(caller, new byte[32 << 20]).get(120, TimeUnit.SECONDS);
        assertThat(caller.answer.status()).isEqualTo(413);
    }

    @Test
    void callsThatHangHoldNoThreadAndEndWhenTheyAreCancelled() throws Exception {
        AtomicInteger open = new AtomicInteger();
        server = RawServer.start(peer -> {
            peer.request();
            open.incrementAndGet();
            try {
                peer.read();
            } finally {
                open.decrementAndGet();
            }
        });
        answerLater();
        int threads = clientThreads();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(post(new Told("a"), new byte[10]));
        }
        eventually(() -> assertThat(open).hasValue(41));
        assertThat(clientThreads()).isEqualTo(threads);
        calls.forEach(call -> call.cancel(true));
        eventually(() -> assertThat(open).hasValue(1));
    }

    /** Whoever has many certificates would otherwise hold everybody's calls up. */
    @Test
    void certificatesAreReadBesideTheLoop() {
        server = RawServer.start(peer -> {});
        CompletableFuture<String> reader = new CompletableFuture<>();
        Told caller = new Told("a") {
            @Override
            public @Nullable SSLContext tls() {
                reader.complete(Thread.currentThread().getName());
                return null;
            }
        };
        CompletableFuture<Void> sent = client.send(
                new Request("POST", URI.create("https://127.0.0.1:" + server.port()), Map.of(), null), caller);
        assertThatThrownBy(() -> sent.get(120, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageNotContaining("timeout"); // it closes while they are read
        assertThat(reader.join()).startsWith("handshakes");
    }

    private void answerLater() {
        post(new Told("first"), new byte[10]);
    }

    private static int clientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("calls") || thread.getName().startsWith("handshakes"))
                .count();
    }

    @Test
    void longHeadsOfOneTenantLeaveMemoryToTheOthers() throws Exception {
        server = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(15_000) + "\r\n");
            peer.hang(); // before the head's end
        });
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(post(new Told("a"), new byte[10]));
        }
        eventually(() -> assertThat(calls).anyMatch(CompletableFuture::isCompletedExceptionally));
        eventually(() -> assertThat(memory.taken()).isBetween(200_000L, 240L << 10));
        assertThat(calls).filteredOn(call -> !call.isDone()).hasSizeGreaterThan(15);
        assertThatThrownBy(() -> post(new Told("a"), new byte[10]).get(120, TimeUnit.SECONDS))
                .hasMessageContaining("too long for the memory");
        long before = memory.taken();
        calls.add(post(new Told("b"), new byte[10]));
        eventually(() -> assertThat(memory.taken()).isGreaterThan(before));

        calls.forEach(call -> call.cancel(true));
        eventually(() -> assertThat(memory.taken()).isZero());
    }

    @Test
    void connectionsOverTlsOfOneTenantLeaveMemoryToTheOthers() {
        server = RawServer.start(peer -> {
            peer.hang(); // and never shakes hands
        });
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(overTls("a"));
        }
        eventually(() -> assertThat(memory.taken()).isEqualTo(240 << 10));
        assertThatThrownBy(() -> overTls("a").get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(NoRoomException.class);
        calls.add(overTls("b"));
        eventually(() -> assertThat(memory.taken()).isEqualTo(260 << 10));

        calls.forEach(call -> call.cancel(true));
        eventually(() -> assertThat(memory.taken()).isZero());
    }

    @Test
    void idleConnectionsOverTlsGiveWayToOthersOfTheirTenant() throws Exception {
        Certificates certificates = new Certificates();
        SSLContext context = certificates.context(certificates.server());
        server = RawServer.start(context, peer -> {
            while (true) {
                peer.request();
                peer.send(OK);
            }
        });
        memory.take("a", 215 << 10);
        for (String owner : List.of("one", "two", "two")) {
            Told caller = new Told(owner) {
                @Override
                public String tenantId() {
                    return "a";
                }

                @Override
                public SSLContext tls() {
                    return context;
                }
            };
            overTls(caller).get(120, TimeUnit.SECONDS);
            assertThat(memory.taken()).isEqualTo(235 << 10);
        }
        assertThat(server.connections()).isEqualTo(2);
    }

    private CompletableFuture<Void> overTls(Told caller) {
        return client.send(
                new Request("POST", URI.create("https://127.0.0.1:" + server.port()), Map.of(), new byte[1]), caller);
    }

    private CompletableFuture<Void> overTls(String tenant) {
        return overTls(new Told(tenant));
    }

    @Test
    void aLongHeadCountsUntilTheCallEndsAndItsConnectionIsNotKept() throws Exception {
        server = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(7_000) + "\r\nContent-Length: 2\r\n\r\n");
            peer.request();
        });
        Told caller = new Told("a");
        CompletableFuture<Void> call = post(caller, new byte[10]);
        eventually(() -> assertThat(caller.answer).isNotNull());
        assertThat(memory.taken()).isBetween(5_900L, 6_100L);
        call.cancel(true);
        eventually(() -> assertThat(memory.taken()).isZero());
        server.close();

        server = RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.send("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(7_000) + "\r\nContent-Length: 0\r\n\r\n");
            }
        });
        assertThat(answer("a").status()).isEqualTo(200);
        assertThat(answer("a").status()).isEqualTo(200);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(memory.taken()).isZero();
    }

    @Test
    void aLongBodyThatIsReadWithAShortHeadCountsOnlyAsFarAsItIsKept() throws Exception {
        server = RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n" + "x".repeat(30_000));
            }
        });
        for (int i = 0; i < 3; i++) {
            assertThat(answer("a").body()).hasSize(100);
        }
        assertThat(server.connections()).isEqualTo(1);
        Told some = new Told("a");
        some.keptBytes = 16_000;
        post(some, new byte[10]).get(120, TimeUnit.SECONDS);
        assertThat(some.answer.body()).hasSize(16_000);
        assertThat(memory.taken()).isZero();
        Told much = new Told("a");
        much.keptBytes = 30_000;
        memory.take("a", 220 << 10);
        assertThatThrownBy(() -> post(much, new byte[10]).get(120, TimeUnit.SECONDS))
                .hasMessageContaining("too long for the memory");
        assertThat(memory.taken()).isEqualTo(220 << 10);
    }

    @Test
    void aReceiverThatIsNotThereIsToldWithoutItsAddress() {
        int port = Ports.free();
        Told caller = new Told("a");
        assertThatThrownBy(() -> client.send(
                                new Request("POST", URI.create("http://erp.example.com:" + port), Map.of(), null),
                                caller)
                        .get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .hasMessage("Connect to http://erp.example.com:" + port + " failed: Connection refused");
    }
}
