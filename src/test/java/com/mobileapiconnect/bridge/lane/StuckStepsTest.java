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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;

/** Steps of a route that hold a thread, beyond their time too: what it costs, and whom. */
@LongRunning
class StuckStepsTest extends StuckSuite {

    private static final List<Class<?>> STEPS = List.of(Steps.class);
    private static final String BEANS = "bridge.routes.beans=intake,rules,stepBefore,stepAfter";
    private static final String LONG_STEPS = "PT20S";

    /** A step that hangs is waited for so long; the others need much less, on a busy machine too. */
    private static final String SHORT_STEPS = "PT3S";
    /** Where steps that need next to nothing may still be too slow. */
    private static final String TRIED_AGAIN = PATIENT.replace("\"maxAttempts\":1", "\"initialDelay\":\"PT1S\"");

    @TempDir
    Path routes;

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
                        Stream.of(BEANS, "bridge.routes.dir=" + routes, "bridge.outbox.steps-within=" + within),
                        Stream.of(settings))
                .toArray(String[]::new);
    }

    private static String step(String bean) {
        return "        - process:\n            ref: " + bean + "\n";
    }

    private double stuckSteps() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.steps.stuck")
                .gauge()
                .value();
    }

    @Test
    void aStepThatHangsEndsTheAttemptAndNothingIsSentAfterwards() throws IOException {
        start(STEPS, withSteps(SHORT_STEPS));
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
        eventually(
                () -> { // another one if even these steps took too long
                    send(1);
                    assertThat(sender.calls("/hung")).isNotEmpty();
                });
    }

    /** Its turn was given before a route with steps took over, so that it has the place of a quick call. */
    @Test
    void aStepThatHangsIsNoSenderThatBlocks() throws Exception {
        start(STEPS, BEANS);
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

        assertThat(over.get(60, TimeUnit.SECONDS).success()).isFalse();
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
        start(STEPS, withSteps(SHORT_STEPS, "bridge.outbox.max-workers=16"));
        Queue<String> named = new ConcurrentLinkedQueue<>();
        Steps.before = exchange -> {
            named.add(Thread.currentThread().getName());
            String target = exchange.getProperty("target", String.class);
            if (target.equals(endless)) {
                holdOn();
            }
        };
        RunningBridge.NewTenant other = bridge.newTenant();
        String otherTarget = other.api().connection("https://erp.example.com/other", TRIED_AGAIN);
        String fine = connection("/fine", TRIED_AGAIN);
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
        start(STEPS, withSteps(LONG_STEPS));
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
        start(STEPS, withSteps(LONG_STEPS));
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
        start(STEPS, withSteps(LONG_STEPS));
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
}
