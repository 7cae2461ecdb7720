package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant reaches and learns once the operator has taken a network away, or never gave it. */
class TakenAwayNetworksTest {

    @TempDir
    static Path data;

    static RunningBridge bridge;

    private final AtomicInteger closed = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final RawServer receiver = RawServer.start(this::serve);
    private String tenantId;
    private Api tenant;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(List.of(FakeNames.class), data);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void newTenant() {
        RunningBridge.NewTenant fresh = bridge.newTenant();
        tenantId = fresh.id();
        tenant = fresh.api();
    }

    @AfterEach
    void close() {
        answer.countDown();
        receiver.close();
    }

    /** Keeps its connections, and answers requests for /slow when the test says so. */
    private void serve(RawServer.Peer peer) throws IOException {
        try {
            while (true) {
                if (peer.request().startsWith("POST /slow")) {
                    answer.await();
                }
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.incrementAndGet();
        }
    }

    private String connection(String path) {
        return connection("127.0.0.1", receiver.port(), path);
    }

    private String connection(String host, int port, String path) {
        return tenant.post("/v1/connections", """
                        {"name":"ERP","outboundUrl":"http://%s:%d%s","redelivery":{"timeout":"PT30S"}}""".formatted(host, port, path))
                .expect(201)
                .at("/id");
    }

    private Api.Reply tryOut(String connection) {
        return tenant.post("/v1/connections/" + connection + "/test").expect(200);
    }

    private void allow(String networks) {
        bridge.operator()
                .patch("/v1/tenants/" + tenantId, "{\"allowedNetworks\":" + networks + "}")
                .expect(200);
    }

    @Test
    void itsIdleConnectionsAreClosedAtOnce() {
        assertThat(tryOut(connection("/")).at("/outcome")).isEqualTo("success");
        assertThat(closed).hasValue(0);
        allow("[]");
        within(5, () -> assertThat(closed).hasValue(1));
    }

    @Test
    void aCallUnderWayEndsAndItsConnectionIsNotUsedAgain() {
        String id = connection("/slow");
        CompletableFuture<Api.Reply> call = CompletableFuture.supplyAsync(() -> tryOut(id));
        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        allow("[]");
        answer.countDown();
        assertThat(call.join().at("/outcome")).isEqualTo("success");
        within(5, () -> assertThat(closed).hasValue(1));
        assertThat(tryOut(id).at("/errorClass")).isEqualTo("refused");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void anErrorNeverSaysWhatANameResolvesTo() {
        FakeNames names = bridge.bean(FakeNames.class);
        names.tell("db.internal.example.com", host -> new InetAddress[] {InetAddress.getByName("10.11.12.13")});
        names.tell("erp.internal.example.com", host -> new InetAddress[] {InetAddress.getByName("127.0.0.9")});
        Api.Reply refused = tryOut(connection("db.internal.example.com", 80, "/"));
        assertThat(refused.at("/errorClass")).isEqualTo("refused");
        assertThat(refused.at("/error"))
                .isEqualTo("db.internal.example.com: refused by the network guard; the operator's log says why");
        Api.Reply closedPort = tryOut(connection("erp.internal.example.com", 1, "/"));
        assertThat(closedPort.at("/errorClass")).isEqualTo("connect");
        assertThat(closedPort.at("/error"))
                .contains("erp.internal.example.com:1")
                .doesNotContain("127.0.0.9");
        assertThat(tenant.get("/v1/targets").expect(200).text()).doesNotContain("10.11.12.13", "127.0.0.9");
    }
}
