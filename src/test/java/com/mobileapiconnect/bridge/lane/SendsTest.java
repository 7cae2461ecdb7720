package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.lane.ScriptedSender.DELIVERED;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sender does, or does not, its call has one end, and its lane goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendsTest {

    private static final String ONCE = "\"redelivery\":{\"timeout\":\"%s\",\"maxAttempts\":1},\"concurrency\":1";
    /** For calls that are to come to their deadline. */
    private static final String SHORT = "PT1S";
    /** For calls that are to have an end of their own, however busy the machine is. */
    private static final String LONG = "PT30S";

    @TempDir
    static Path data;

    private static final String NO_ANSWER = "No answer within the timeout";

    private RunningBridge bridge;
    private ScriptedSender sender;
    /** A tenant whose targets are one for each kind of sender: all get the same two messages, and are waited for together. */
    private Api everyKind;

    private final Map<String, String> targetOfKind = new HashMap<>();

    @BeforeAll
    void start() {
        bridge = RunningBridge.start(List.of(ScriptedSender.InPlaceOfWebhooks.class), data);
        sender = bridge.bean(ScriptedSender.class);
        String id = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"Every kind\"}")
                .expect(201)
                .at("/id");
        everyKind = bridge.operator()
                .as(bridge.operator().post("/v1/tenants/" + id + "/keys").at("/key"));
        everyKindOfSender().forEach(kind -> {
            String path = "/odd-" + targetOfKind.size();
            sender.on(path, (ScriptedSender.Script) kind.get()[3]);
            boolean late = NO_ANSWER.equals(kind.get()[2]);
            targetOfKind.put((String) kind.get()[0], connection(everyKind, path, late ? SHORT : LONG));
        });
        send(everyKind, "first");
        send(everyKind, "second");
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    @AfterEach
    void deleteConnections() {
        bridge.tenant().get("/v1/connections").json().get("data").forEach(connection -> bridge.tenant()
                .delete("/v1/connections/" + connection.get("id").asText() + "?discard=true")
                .expect(202, 204));
    }

    private String connection(String path, String timeout) {
        return connection(bridge.tenant(), path, timeout);
    }

    private static String connection(Api tenant, String path, String timeout) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com%s\",%s}"
                                .formatted(path, ONCE.formatted(timeout)))
                .expect(201)
                .at("/id");
    }

    private void send(String text) {
        send(bridge.tenant(), text);
    }

    private static void send(Api tenant, String text) {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
        tenant.as(token)
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    /** All deliveries of a target, once they are ended. */
    private List<JsonNode> ended(String target, int count) {
        return ended(bridge.tenant(), target, count);
    }

    private static List<JsonNode> ended(Api tenant, String target, int count) {
        AtomicReference<List<JsonNode>> found = new AtomicReference<>(List.of());
        eventually(() -> {
            JsonNode data = tenant.get("/v1/deliveries?target=" + target)
                    .expect(200)
                    .json()
                    .get("data");
            assertThat(data)
                    .hasSize(count)
                    .allMatch(each -> !each.get("status").asText().equals("pending"));
            found.set(
                    Stream.iterate(0, i -> i < count, i -> i + 1).map(data::get).toList());
        });
        return found.get();
    }

    private static Outcome rejected(String why) {
        return new Outcome.Rejected(Evidence.failure(Outcome.ErrorClass.HTTP, why));
    }

    private static final class Uncancellable extends CompletableFuture<Outcome> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            throw new IllegalStateException("not me");
        }
    }

    static Stream<Arguments> everyKindOfSender() {
        return Stream.of(
                kind(
                        "completes before it returns",
                        "delivered",
                        null,
                        a -> CompletableFuture.completedFuture(DELIVERED)),
                kind("completes on another thread", "delivered", null, a -> later(c -> c.complete(DELIVERED))),
                kind(
                        "completes twice, first well",
                        "delivered",
                        null,
                        a -> later(c -> {
                            c.complete(DELIVERED);
                            c.complete(rejected("again"));
                            c.obtrudeValue(rejected("by force"));
                        })),
                kind("throws", "failed", "IllegalArgumentException: no", a -> {
                    throw new IllegalArgumentException("no");
                }),
                kind("throws a LinkageError", "failed", "NoClassDefFoundError: plugin/Missing", a -> {
                    throw new NoClassDefFoundError("plugin/Missing");
                }),
                kind("overflows the stack", "failed", "StackOverflowError", SendsTest::forever),
                kind("returns null", "failed", "returned null", a -> null),
                kind("completes with null", "failed", "gave no outcome", a -> CompletableFuture.completedFuture(null)),
                kind("completes with null later", "failed", "gave no outcome", a -> later(c -> c.complete(null))),
                kind(
                        "fails",
                        "failed",
                        "IOException: cut off",
                        a -> CompletableFuture.failedFuture(new IOException("cut off"))),
                kind(
                        "fails later with an Error",
                        "failed",
                        "LinkageError: late",
                        a -> later(c -> c.completeExceptionally(new LinkageError("late")))),
                kind("fails through a chain", "failed", "IOException: first", a -> later(
                                c -> c.completeExceptionally(new IOException("first")))
                        .thenApply(o -> o)),
                kind("cancels itself", "failed", "CancellationException", a -> later(c -> c.cancel(true))),
                kind("never completes", "failed", NO_ANSWER, a -> new CompletableFuture<>()),
                kind("cannot be cancelled", "failed", NO_ANSWER, a -> new Uncancellable()));
    }

    private static Arguments kind(String name, String status, String error, ScriptedSender.Script script) {
        return Arguments.of(name, status, error, script);
    }

    private static CompletableFuture<Outcome> forever(Object attempt) {
        return forever(attempt);
    }

    /** Ends a call on another thread, once the bridge waits for it: of two ends it takes the one that it sees first. */
    private static CompletableFuture<Outcome> later(java.util.function.Consumer<CompletableFuture<Outcome>> end) {
        CompletableFuture<Outcome> completion = new CompletableFuture<>();
        CompletableFuture.runAsync(() -> {
            eventually(() -> assertThat(completion.getNumberOfDependents()).isPositive());
            end.accept(completion);
        });
        return completion;
    }

    @ParameterizedTest(name = "one that {0}")
    @MethodSource("everyKindOfSender")
    void whateverASenderDoesItsCallHasOneEndAndTheLaneGoesOn(String name, String status, String error) {
        for (JsonNode delivery : ended(everyKind, targetOfKind.get(name), 2)) {
            assertThat(delivery.get("status").asText()).as(delivery.toString()).isEqualTo(status);
            assertThat(delivery.get("attempts")).hasSize(1);
            if (error != null) {
                assertThat(delivery.at("/attempts/0/error").asText()).contains(error);
            }
        }
        eventually(() -> assertThat(underWay()).isZero());
    }

    private int underWay() {
        return bridge.bean(Engine.class).callsUnderWay();
    }

    @Test
    void aSenderThatIsCancelledHearsOfItOnceAndItsLateAnswerIsDropped() {
        AtomicReference<CompletableFuture<Outcome>> call = new AtomicReference<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        sender.on("/late", attempt -> {
            CompletableFuture<Outcome> completion = new CompletableFuture<>();
            completion.whenComplete((outcome, failure) -> {
                if (completion.isCancelled()) {
                    cancelled.countDown();
                }
            });
            call.set(completion);
            return completion;
        });
        String target = connection("/late", SHORT);
        send("late");
        JsonNode delivery = ended(target, 1).get(0);
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("timeout");
        assertThat(delivery.at("/attempts/0/durationMs").asInt()).isBetween(2_000, 60_000);
        eventually(() -> assertThat(cancelled.getCount()).isZero());
        call.get().obtrudeValue(DELIVERED);
        assertThat(ended(target, 1).get(0)).isEqualTo(delivery);
    }

    @Test
    void aSenderMayTakeUntilItsDeadlineAndSayItselfWhatItSaw() {
        sender.on("/exact", attempt -> {
            CompletableFuture<Outcome> completion = new CompletableFuture<>();
            return completion.completeOnTimeout(
                    new Outcome.Retry(Evidence.failure(Outcome.ErrorClass.TIMEOUT, "half of the answer came"), null),
                    attempt.deadlineNanos() - System.nanoTime(),
                    java.util.concurrent.TimeUnit.NANOSECONDS);
        });
        String target = connection("/exact", SHORT);
        AtomicInteger sent = new AtomicInteger();
        eventually(
                () -> { // again if the machine was too busy for the second that the bridge gives the sender
                    send("exact");
                    assertThat(ended(target, sent.incrementAndGet())
                                    .get(0)
                                    .at("/attempts/0/error")
                                    .asText())
                            .isEqualTo("half of the answer came");
                });
    }

    @Test
    void howeverMuchASenderSaysABoundedPartIsKept() {
        sender.on(
                "/chatty",
                attempt -> CompletableFuture.completedFuture(new Outcome.Rejected(new Evidence(
                        null, Outcome.ErrorClass.HTTP, "e\u0000\n".repeat(4 << 20), "\u20ac".repeat(4 << 20)))));
        String target = connection("/chatty", LONG);
        send("chatty");
        JsonNode attempt = ended(target, 1).get(0).at("/attempts/0");
        assertThat(attempt.get("error").asText()).hasSizeLessThanOrEqualTo(500).startsWith("e\ufffd e");
        assertThat(attempt.get("responseBody").asText()).isEqualTo("\u20ac".repeat(682));
    }

    @Test
    void aReceiverThatAsksToWaitForAgesIsWaitedForADay() {
        sender.on(
                "/ages",
                attempt -> CompletableFuture.completedFuture(new Outcome.Retry(
                        Evidence.failure(Outcome.ErrorClass.HTTP, "busy"), Duration.ofSeconds(Long.MAX_VALUE))));
        String target = bridge.tenant()
                .post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"https://erp.example.com/ages\"}")
                .expect(201)
                .at("/id");
        send("ages");
        eventually(() -> assertThat(bridge.tenant()
                        .get("/v1/deliveries?target=" + target)
                        .json()
                        .at("/data/0/attempts"))
                .hasSize(1));
        eventually(() -> assertThat(underWay()).isZero());
    }
}
