package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

/** Calls and steps of a route that hold a thread, beyond their time too: what it costs, and whom. */
@LongRunning
class StuckTest {

    private static final String HUNG = "\"redelivery\":{\"timeout\":\"PT1S\",\"maxAttempts\":1},\"concurrency\":40";
    /** For calls that have to come to an end of their own, however busy the machine is. */
    private static final String PATIENT = HUNG.replace("PT1S", "PT20S");

    private static final String LONG_STEPS = "PT20S";
    /** A step that hangs is waited for so long; the others need much less, on a busy machine too. */
    private static final String SHORT_STEPS = "PT3S";

    @TempDir
    Path data;

    @TempDir
    Path routes;

    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private RunningBridge bridge;
    private ScriptedSender sender;
    private volatile String endless = "";

    /** Steps of an integrator. */
    static final class Steps {
        static volatile Processor before = exchange -> {};
        static volatile Processor after = exchange -> {};

        @Bean
        Processor stepBefore() {
            return exchange -> before.process(exchange);
        }

        @Bean
        Processor stepAfter() {
            return exchange -> after.process(exchange);
        }
    }

    @BeforeEach
    void noSteps() {
        Steps.before = exchange -> {};
        Steps.after = exchange -> {};
    }

    private void start(String... settings) {
        bridge = RunningBridge.start(
                List.of(ScriptedSender.InPlaceOfWebhooks.class, Steps.class),
                data,
                Stream.concat(Stream.of("bridge.routes.beans=intake,rules,stepBefore,stepAfter"), Stream.of(settings))
                        .toArray(String[]::new));
        sender = bridge.bean(ScriptedSender.class);
    }

    private String[] withSteps(String within, String... settings) throws IOException {
        for (String name : List.of("accept", "deliver", "errors", "intake")) {
            Path own = Path.of("routes", name + ".camel.yaml");
            Files.writeString(
                    routes.resolve(own.getFileName()),
                    Files.readString(own)
                            .replaceAll(
                                    "(?s)        - to:\n            id: send\n.*?outbox:send\n",
                                    step("stepBefore") + "        - to: outbox:send\n" + step("stepAfter")));
        }
        return Stream.concat(
                        Stream.of("bridge.routes.dir=" + routes, "bridge.outbox.steps-within=" + within),
                        Stream.of(settings))
                .toArray(String[]::new);
    }

    private static String step(String bean) {
        return "        - process:\n            ref: " + bean + "\n";
    }

    @AfterEach
    void stop() {
        hold.countDown();
        bridge.close();
    }

    private String connection(String path, String more) {
        return bridge.tenant().connection("https://erp.example.com" + path, more);
    }

    private void send(int messages) {
        StringBuilder backlog = new StringBuilder("{\"messages\":[");
        for (int i = 0; i < messages; i++) {
            backlog.append(i == 0 ? "" : ",")
                    .append("{\"from\":\"91987")
                    .append(i)
                    .append("\",\"text\":\"x\"}");
        }
        bridge.phone().post("/v1/inbound", backlog + "]}").expect(202);
    }

    private List<String> errors(String target) {
        return bridge.tenant()
                .get("/v1/deliveries?limit=200&target=" + target)
                .expect(200)
                .json()
                .findValuesAsText("error");
    }

    private String lastError(String target) {
        for (JsonNode lane :
                bridge.tenant().get("/v1/targets").expect(200).json().get("data")) {
            if (lane.get("id").asText().equals(target)) {
                return lane.at("/lastError/error").asText();
            }
        }
        throw new AssertionError("No lane of " + target);
    }

    private double stuckSteps() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.steps.stuck")
                .gauge()
                .value();
    }

    private double stuck() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.calls.stuck")
                .tag("connector", "webhook")
                .gauge()
                .value();
    }

    /** Does not care for interrupts. */
    private void holdOn() {
        inside.incrementAndGet();
        boolean interrupted = false;
        while (hold.getCount() > 0) {
            try {
                hold.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Outcome> holdsOn() {
        holdOn();
        return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
    }

    /** It says that it blocks; or it does not, and is found out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSenderThatIgnoresItsEndCostsABoundedNumberOfThreadsAndNoOtherLane(boolean says) {
        start("bridge.outbox.max-calls=100");
        sender.blocks(says);
        sender.on("/hung", attempt -> holdsOn());
        String hung = connection("/hung", HUNG);
        send(100);
        within(60, () -> assertThat(stuck()).isGreaterThanOrEqualTo(Stuck.MOST));
        // Of the same connector, without a breaker that is open already.
        String refused = connection("/hung", HUNG);
        send(1);
        within(60, () -> assertThat(lastError(refused)).contains("no other is made until"));
        assertThat(errors(refused)).as("attempts").noneMatch(error -> error.contains("no other is made until"));
        assertThat(errors(hung)).anyMatch(error -> error.contains("No answer within the timeout"));
        assertThat(inside.get()).isLessThanOrEqualTo(Stuck.MOST + 40);
        within(60, () -> assertThat(bridge.bean(Engine.class).callsUnderWay()).isZero());
        // The calls that were under way when the limit was reached are given up a moment later, and counted then.
        eventually(() -> assertThat(stuck()).isEqualTo(inside.get()));
        int entered = inside.get();

        hold.countDown();
        eventually(() -> assertThat(stuck()).isZero());
        String fine = connection("/fine", PATIENT);
        send(5);
        eventually(() -> assertThat(statuses(fine)).hasSize(5).containsOnly("delivered"));
        assertThat(inside.get()).isGreaterThanOrEqualTo(entered);
    }

    private List<String> statuses(String target) {
        return bridge.tenant().get("/v1/deliveries?target=" + target).json().findValuesAsText("status");
    }

    @Test
    void aSenderThatBlocksIsInterruptedAndTheWorkerGoesOnUnharmed() {
        start();
        sender.blocks(true);
        Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        sender.on("/hung", attempt -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                interrupted.add(true);
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
        });
        String hung = connection("/hung", HUNG);
        send(1);
        eventually(
                () -> assertThat(errors(hung)).containsExactly("No answer within the timeout; the call was cancelled"));
        eventually(() -> assertThat(interrupted).hasSize(1));
        eventually(() -> assertThat(stuck()).isZero());
        sender.on(
                "/hung",
                attempt -> CompletableFuture.completedFuture(
                        Thread.currentThread().isInterrupted() ? null : ScriptedSender.DELIVERED));
        send(3);
        eventually(
                () -> assertThat(statuses(hung)).filteredOn("delivered"::equals).hasSize(3));
    }

    @Test
    void aStepThatHangsEndsTheAttemptAndNothingIsSentAfterwards() throws IOException {
        start(withSteps(SHORT_STEPS));
        Steps.before = exchange -> holdOn();
        String hung = connection("/hung", HUNG);
        send(1);
        eventually(() -> assertThat(errors(hung))
                .singleElement()
                .asString()
                .startsWith(
                        "The steps of the route were not done within 3s, the time of all steps together; it was up in"
                                + " the step process"));
        eventually(() -> assertThat(stuckSteps()).isEqualTo(1));
        assertThat(stuck()).as("calls of the connector").isZero();
        hold.countDown();
        eventually(() -> assertThat(stuckSteps()).isZero());
        assertThat(sender.calls("/hung")).isEmpty();
        Steps.before = exchange -> {};
        send(1);
        eventually(() -> assertThat(sender.calls("/hung")).hasSize(1));
    }

    /** Its turn was given before a route with steps took over, so that it has the place of a quick call. */
    @Test
    void aStepThatHangsIsNoSenderThatBlocks() throws Exception {
        start();
        String target = connection("/paused", HUNG);
        bridge.tenant().post("/v1/connections/" + target + "/pause").expect(200);
        send(1);
        Delivery delivery = bridge.bean(Store.class).read(sql -> bridge.bean(Deliveries.class)
                .due(sql, target, false, Instant.now().plusSeconds(60), 1, id -> false)
                .deliveries()
                .get(0));
        Calls.Route hangs = new Calls.Route() {
            @Override
            public void process(Call call, Consumer<@Nullable Throwable> done) {
                holdOn();
            }

            @Override
            public boolean hasSteps() {
                return true;
            }
        };
        CompletableFuture<Ended> over = new CompletableFuture<>();
        Call.Owner owner = new Call.Owner() {
            @Override
            public void over(Call call, Ended ended) {
                over.complete(ended);
            }

            @Override
            public void free(Call call) {}
        };
        Target to = bridge.bean(Targets.class).find(target).orElseThrow();
        Thread thread = new Thread(
                () -> bridge.bean(Calls.class).make(hangs, delivery, to, Place.QUICK, owner), "deliver-test");
        thread.start();

        assertThat(over.get(30, TimeUnit.SECONDS).success()).isFalse();
        eventually(() -> assertThat(stuckSteps()).isEqualTo(1));
        assertThat(stuck()).as("calls of the connector").isZero();
        assertThat(bridge.bean(Senders.class).block("webhook")).isFalse();
        hold.countDown();
        thread.join();
        assertThat(stuckSteps()).isZero();
    }

    /** With so few threads that one tenant's endless steps would have them all. */
    @Test
    void stepsThatNeverEndCostTheirOwnTargetAloneWhateverTheyIgnore() throws IOException {
        start(withSteps(SHORT_STEPS, "bridge.outbox.max-workers=16"));
        Queue<String> named = new ConcurrentLinkedQueue<>();
        Steps.before = exchange -> {
            named.add(Thread.currentThread().getName());
            String target = exchange.getProperty("target", String.class);
            if (target.equals(endless)) {
                holdOn();
            }
        };
        RunningBridge.NewTenant other = bridge.newTenant();
        String otherTarget = other.api().connection("https://erp.example.com/other", PATIENT);
        String fine = connection("/fine", PATIENT);
        endless = connection("/endless", HUNG);
        send(40);
        within(30, () -> assertThat(lastError(endless)).contains("Steps of the route go on for this target"));
        assertThat(stuckSteps()).isBetween((double) Stuck.MOST_STEPS_OF_ONE_TARGET, 12.0);
        eventually(() -> assertThat(statuses(fine)).hasSize(40).containsOnly("delivered"));

        String token = other.api()
                .post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token");
        for (int i = 0; i < 20; i++) {
            other.api()
                    .as(token)
                    .post("/v1/inbound", "{\"from\":\"91987000" + i + "\",\"text\":\"x\"}")
                    .expect(202);
        }
        eventually(() -> assertThat(other.api()
                        .get("/v1/deliveries?target=" + otherTarget)
                        .json()
                        .findValuesAsText("status"))
                .hasSize(20)
                .containsOnly("delivered"));
        assertThat(named).noneMatch(name -> name.contains("quick"));

        hold.countDown();
        eventually(() -> assertThat(stuckSteps()).isZero());
        Steps.before = exchange -> {};
        within(30, () -> assertThat(statuses(endless)).contains("delivered"));
    }

    @Test
    void theStepsAndTheCallHaveTimesOfTheirOwn() throws IOException {
        start(withSteps(LONG_STEPS));
        AtomicLong stepsEnd = new AtomicLong();
        Steps.before = exchange -> {
            hold.await(1_500, TimeUnit.MILLISECONDS);
            stepsEnd.set(System.nanoTime());
        };
        AtomicLong callSeen = new AtomicLong();
        AtomicLong callEnds = new AtomicLong();
        sender.on("/slow-step", attempt -> {
            callSeen.set(System.nanoTime());
            callEnds.set(attempt.deadlineNanos());
            return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
        });
        connection("/slow-step", HUNG);
        send(1);
        eventually(() -> assertThat(callEnds.get()).isNotZero());
        long second = TimeUnit.SECONDS.toNanos(1);
        assertThat(callEnds.get() - stepsEnd.get())
                .as("from the end of the steps")
                .isGreaterThanOrEqualTo(second);
        assertThat(callEnds.get() - callSeen.get()).as("left for the call").isLessThanOrEqualTo(second);
    }

    @Test
    void stepsAfterTheCallRunOnWorkersAndNotWhereTheSenderCompletes() throws IOException {
        start(withSteps(LONG_STEPS));
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        Steps.before = exchange -> threads.add(Thread.currentThread().getName());
        Steps.after = exchange -> threads.add(Thread.currentThread().getName());
        sender.on("/later", attempt -> {
            CompletableFuture<Outcome> call = new CompletableFuture<>();
            new Thread(() -> call.complete(ScriptedSender.DELIVERED), "event-loop").start();
            return call;
        });
        String target = connection("/later", PATIENT);
        send(3);
        eventually(() -> assertThat(statuses(target)).hasSize(3).containsOnly("delivered"));
        assertThat(threads).hasSize(6).allMatch(name -> name.startsWith("deliver") && !name.contains("quick"));
    }

    @Test
    void anErrorInAStepIsAFailedAttempt() throws IOException {
        start(withSteps(LONG_STEPS));
        Steps.before = exchange -> {
            throw new NoClassDefFoundError("plugin/Missing");
        };
        String target = connection("/any", PATIENT);
        send(1);
        eventually(() -> assertThat(errors(target)).containsExactly("NoClassDefFoundError: plugin/Missing"));
        JsonNode delivery =
                bridge.tenant().get("/v1/deliveries?target=" + target).json().at("/data/0");
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("route");
    }

    @Test
    void aTargetIsTriedOutWithinTheSameDeadline() {
        start();
        sender.on("/hung", attempt -> new CompletableFuture<>());
        String hung = connection("/hung", HUNG);
        JsonNode attempt = bridge.tenant()
                .post("/v1/connections/" + hung + "/test")
                .expect(200)
                .json();
        assertThat(attempt.get("errorClass").asText()).isEqualTo("timeout");
        assertThat(bridge.bean(Engine.class).callsUnderWay()).isZero();
    }
}
