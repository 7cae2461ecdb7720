package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server is killed under load: nothing acknowledged is missing, and everything goes on by itself. */
@OnPostgresql
class PostgresKilledTest {

    private static final int PHONES = 4;
    private static final int CONCURRENCY = 8;
    // The calls under way, and the answers that wait to be written: see the design.
    private static final int CALLS_THAT_MAY_FOLLOW = CONCURRENCY * 5;

    @TempDir
    Path data;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void whatWasAcknowledgedIsDeliveredAfterEveryKill() throws Exception {
        ScheduledExecutorService phones = Executors.newScheduledThreadPool(PHONES);
        try (PostgresServer server = PostgresServer.start();
                Receiver receiver = new Receiver().answering(503);
                RunningBridge bridge = RunningBridge.start(data, PostgresServer.settings(server.emptyDatabase()))) {
            bridge.tenant()
                    .post("/v1/connections", """
                            {"name":"ERP","outboundUrl":"%s","redelivery":
                             {"initialDelay":"PT1S","multiplier":1,"maxAttempts":1000}}""".formatted(receiver.url("/erp")))
                    .expect(201);
            for (int n = 0; n < PHONES; n++) {
                // Some load, not all there can be: what waits is tried every second, and all in this one process.
                phones.scheduleWithFixedDelay(new Phone(bridge.phone()), 0, 10, TimeUnit.MILLISECONDS);
            }
            for (int kill = 0; kill < 2; kill++) {
                int atLeast = acknowledged.size() + 100;
                within(300, () -> assertThat(acknowledged).hasSizeGreaterThan(atLeast));
                // The first kill falls while deliveries wait for their retry, the second while they go through.
                server.kill();
                int calls = receiver.requests().size();
                int refusals = refused.get();
                within(300, () -> assertThat(refused.get()).isGreaterThan(refusals + 10));
                Api.Reply health = bridge.nobody().get("/actuator/health");
                assertThat(health.status()).isEqualTo(503);
                bridge.tenant().get("/v1/messages").expect(503);
                assertThat(receiver.requests().size() - calls).isLessThanOrEqualTo(CALLS_THAT_MAY_FOLLOW);
                receiver.answering(200);
                server.restart();
                within(60, () -> bridge.nobody().get("/actuator/health").expect(200));
            }
            phones.shutdown();
            within(300, () -> assertThat(delivered(receiver)).containsAll(acknowledged));
            assertThat(firstDeliveryOfEach(receiver)).isEqualTo(1);
        } finally {
            phones.shutdown();
            assertThat(phones.awaitTermination(150, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Sends one SMS at a time, again and again until it is acknowledged. */
    private final class Phone implements Runnable {

        private final Api api;
        private int number;

        Phone(Api api) {
            this.api = api;
        }

        @Override
        public void run() {
            Api.Reply reply = api.post(
                    "/v1/inbound",
                    "{\"id\":\"p-%d\",\"from\":\"919876543210\",\"text\":\"balance\"}".formatted(number));
            if (reply.status() == 202) {
                acknowledged.add(reply.at("/messages/0/id"));
                number++;
            } else {
                assertThat(reply.expect(503).header("Retry-After")).isNotBlank();
                refused.incrementAndGet();
            }
        }
    }

    private static Set<String> delivered(Receiver receiver) {
        return receiver.requests().stream()
                .map(got -> got.header("X-MAC-Message"))
                .collect(Collectors.toSet());
    }

    /** However often a message was sent, it was under one delivery id. */
    private static int firstDeliveryOfEach(Receiver receiver) {
        Map<String, Set<String>> ids = receiver.requests().stream()
                .collect(Collectors.groupingBy(
                        got -> got.header("X-MAC-Message"),
                        Collectors.mapping(got -> got.header("X-MAC-Delivery"), Collectors.toSet())));
        return ids.values().stream().mapToInt(Set::size).max().orElse(0);
    }
}
