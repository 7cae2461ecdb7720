package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/** Steps of an integrator that hang while a phone waits: they cost their tenant's turns, and nothing is acknowledged. */
class IntakeStepsTest {

    /** With eight threads, of which one tenant has a quarter. */
    private static final int OF_ONE_TENANT = 2;

    private static final String HANGS = "{\"from\":\"919876543210\",\"text\":\"hang\"}";
    private static final String GOES_ON = "{\"from\":\"919876543210\",\"text\":\"go on\"}";

    @TempDir
    static Path routes;

    @TempDir
    static Path data;

    private static volatile CountDownLatch end = new CountDownLatch(1);

    private static RunningBridge bridge;

    /** Stands for the component of a plugin, as bad as it gets: what it does cannot be interrupted. */
    static class Plugins {

        @Bean("hanging")
        @Scope("prototype")
        DefaultComponent hanging() {
            return new DefaultComponent() {
                @Override
                protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                    return new Hanging(uri, this);
                }
            };
        }
    }

    private static final class Hanging extends DefaultEndpoint {

        Hanging(String uri, DefaultComponent component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    Object first = exchange.getMessage().getBody(List.class).get(0);
                    if (String.valueOf(first).contains("hang")
                            || (first instanceof InboundMessage sms
                                    && sms.text().equals("hang"))) {
                        hang();
                    }
                }
            };
        }

        private static void hang() {
            boolean ended = false;
            while (!ended) {
                try {
                    end.await();
                    ended = true;
                } catch (InterruptedException deaf) {
                    // goes on
                }
            }
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("It is a step");
        }

        @Override
        public boolean isSingleton() {
            return true;
        }
    }

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(
                List.of(Plugins.class),
                data,
                "bridge.routes.dir=" + routes,
                "bridge.routes.components=direct,log,outbox,phone,hanging",
                "bridge.inbound.steps-within=PT1S",
                "bridge.inbound.steps-at-once=8");
    }

    @AfterAll
    static void stop() {
        end.countDown();
        bridge.close();
    }

    @AfterEach
    void productsOwnRoutes() {
        end.countDown();
        end = new CountDownLatch(1);
        for (String route : List.of("intake", "accept")) {
            bridge.operator().delete("/v1/routes/" + route).expect(204);
        }
        eventually(() -> assertThat(running()).isZero());
    }

    private static double running() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.turns.running")
                .tag("threads", "intake-steps")
                .gauge()
                .value();
    }

    private static void edit(String route, String step) {
        bridge.operator()
                .put("/v1/routes/" + route, route.equals("intake") ? """
                                - route:
                                    id: intake
                                    from:
                                      uri: phone:inbound
                                      steps:
                                        - %s
                                        - to: "{{intake.accept}}"
                                """.formatted(step) : """
                                - route:
                                    id: accept
                                    from:
                                      uri: direct:accept
                                      steps:
                                        - %s
                                        - process: {ref: rules}
                                        - process: {ref: intake}
                                """.formatted(step))
                .expect(200);
    }

    /** On a busy machine even a step that needs next to nothing may take too long: then the phone comes again. */
    private static int triesUntilTaken(Api phone) {
        AtomicInteger tries = new AtomicInteger();
        eventually(() -> {
            tries.incrementAndGet();
            phone.post("/v1/inbound", GOES_ON).expect(202);
        });
        return tries.get();
    }

    private static Api phoneOf(RunningBridge.NewTenant tenant) {
        return tenant.api()
                .as(tenant.api()
                        .post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                        .expect(201)
                        .at("/token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "accept"})
    void aStepThatHangsIsA503WithinItsTimeAndCostsItsTenantAlone(String route) {
        edit(route, "to: hanging:x");
        RunningBridge.NewTenant hung = bridge.newTenant();
        Api phone = phoneOf(hung);
        Api other = phoneOf(bridge.newTenant());
        List<CompletableFuture<Api.Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            replies.add(CompletableFuture.supplyAsync(() -> phone.post("/v1/inbound", HANGS)));
        }
        eventually(() -> assertThat(running()).isEqualTo(OF_ONE_TENANT));

        triesUntilTaken(other);

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.join().expect(503).header("Retry-After")).isNotEmpty();
            assertThat(reply.join().text()).contains("not done in time").doesNotContain("hanging");
        });
        eventually(() -> assertThat(running()).isEqualTo(OF_ONE_TENANT));
        triesUntilTaken(other);
        end.countDown();
        eventually(() -> assertThat(running()).isZero());
        // What was given up ends behind its step, and nothing of it is taken.
        assertThat(hung.api().get("/v1/messages").json().get("data")).isEmpty();
        triesUntilTaken(phone);
    }

    @Test
    void aStepThatWaitsIsInterruptedAndLeavesItsThread() {
        edit("intake", "delay: {constant: '60000'}");

        bridge.phone().post("/v1/inbound", GOES_ON).expect(503);

        eventually(() -> assertThat(running()).isZero());
    }

    @Test
    void withTheProductsOwnRoutesAMessageStaysOnTheThreadOfItsRequest() {
        bridge.phone().post("/v1/inbound", GOES_ON).expect(202);
        double before = passed();
        bridge.phone().post("/v1/inbound", GOES_ON).expect(202);
        assertThat(passed()).isEqualTo(before);

        edit("intake", "log: seen");
        int tries = triesUntilTaken(bridge.phone());
        assertThat(passed()).isEqualTo(before + tries);

        bridge.operator()
                .put("/v1/routes/intake", "- route: {id: intake, from: {uri: 'phone:inbound', steps: [{tu: x}]}}")
                .expect(422);
        bridge.operator().delete("/v1/routes/intake").expect(204);
        bridge.phone().post("/v1/inbound", GOES_ON).expect(202);
        assertThat(passed()).isEqualTo(before + tries);
    }

    private static double passed() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.turns.begun")
                .tag("threads", "intake-steps")
                .functionCounter()
                .count();
    }
}
