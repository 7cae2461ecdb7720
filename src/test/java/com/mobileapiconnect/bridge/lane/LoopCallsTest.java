package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.LoopSender;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/** Calls that run on the loop which carries them, and what must not hold that up. */
class LoopCallsTest {

    private static final String LOOP = "calls-";

    private RunningBridge bridge;
    private Noting sender;

    @TempDir
    Path data;

    /** In place of the sender of webhooks: notes the thread of each call; at {@code /holds} it keeps it. */
    private static final class Noting implements LoopSender {

        private final Map<String, String> threads = new ConcurrentHashMap<>();
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public String connector() {
            return "webhook";
        }

        @Override
        public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
            String path = URI.create(String.valueOf(attempt.target().url())).getPath();
            threads.putIfAbsent(path, Thread.currentThread().getName()); // of the first: what it holds is repeated
            if (path.equals("/holds")) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
            return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
        }
    }

    /** For {@code RunningBridge.start}. */
    static class InPlaceOfWebhooks {

        @Bean
        static BeanPostProcessor noting() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return name.equals("webhookSender") ? new Noting() : bean;
                }
            };
        }
    }

    @BeforeEach
    void start() {
        bridge = RunningBridge.start(List.of(InPlaceOfWebhooks.class), data);
        sender = bridge.bean(Noting.class);
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private void connect(String path, String when, String timeout) {
        bridge.tenant()
                .post("/v1/connections", """
                        {"name":"%s","outboundUrl":"https://erp.example.com%1$s","when":%s,
                         "redelivery":{"timeout":"%s","initialDelay":"PT1S"}}""".formatted(path, when, timeout))
                .expect(201);
    }

    private static String only(String text) {
        return "{\"field\":\"text\",\"op\":\"startsWith\",\"value\":\"" + text + "\"}";
    }

    private void arrive(String text) {
        bridge.phone()
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    private String threadOf(String path) {
        within(20, () -> assertThat(sender.threads).containsKey(path));
        return sender.threads.get(path);
    }

    @Test
    void aCallRunsOnALoopAndOneWithALargeBodyDoesNot() {
        connect("/small", only("small"), "PT30S");
        connect("/large", only("large"), "PT30S");

        arrive("small");
        arrive("large " + "x".repeat(20_000));

        assertThat(threadOf("/small")).startsWith(LOOP);
        assertThat(threadOf("/large")).doesNotStartWith(LOOP);
    }

    /** A bug of the product's: the call's deadline frees the loop, and the sender is not trusted with one again. */
    @Test
    void aSenderThatHoldsTheLoopHoldsItUntilItsDeadlineAndIsCalledElsewhereFromThenOn() {
        connect("/holds", only("holds"), "PT1S");
        connect("/other", only("other"), "PT1S");

        arrive("holds");
        assertThat(threadOf("/holds")).startsWith(LOOP);
        arrive("other");

        threadOf("/other");
        within(20, () -> {
            sender.threads.remove("/other");
            arrive("other again");
            assertThat(threadOf("/other")).doesNotStartWith(LOOP);
        });
    }
}
