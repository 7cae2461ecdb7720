package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/** Routes that are whole, and do not start: what ran goes on, and the next good edit runs. */
class BrokenStartsTest {

    @TempDir
    static Path routes;

    @TempDir
    static Path data;

    private static final CountDownLatch END = new CountDownLatch(1);
    private static final AtomicInteger TICKING = new AtomicInteger();

    private static RunningBridge bridge;

    private Api operator;

    /** Stands for components of plugins. */
    static class Plugins {

        @Bean("hanging")
        @Scope("prototype")
        DefaultComponent hanging() {
            return new Starting(() -> {
                boolean ended = false;
                while (!ended) {
                    try {
                        END.await();
                        ended = true;
                    } catch (InterruptedException deaf) {
                        // as bad as it gets
                    }
                }
            });
        }

        @Bean("erring")
        @Scope("prototype")
        DefaultComponent erring() {
            return new Starting(() -> {
                throw new StackOverflowError("too deep");
            });
        }

        @Bean("failing")
        @Scope("prototype")
        DefaultComponent failing() {
            return new Starting(() -> {
                throw new IllegalStateException("the port is taken");
            });
        }

        @Bean("exclusive")
        @Scope("prototype")
        DefaultComponent exclusive() {
            return new Starting(() -> {
                if (TICKING.incrementAndGet() > 1) {
                    throw new IllegalStateException("runs already");
                }
            });
        }
    }

    /** Begins a route by running something. */
    private static final class Starting extends DefaultComponent {

        private final Runnable start;

        Starting(Runnable start) {
            this.start = start;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException("It is only where a route begins");
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        private boolean began;

                        @Override
                        protected void doStart() throws Exception {
                            super.doStart();
                            start.run();
                            began = true;
                        }

                        @Override
                        protected void doStop() throws Exception {
                            if (began && getEndpointUri().startsWith("exclusive")) {
                                TICKING.decrementAndGet();
                            }
                            began = false;
                            super.doStop();
                        }

                        private String getEndpointUri() {
                            return getEndpoint().getEndpointUri();
                        }
                    };
                }

                @Override
                public boolean isSingleton() {
                    return true;
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(
                List.of(Plugins.class),
                data,
                "bridge.routes.dir=" + routes,
                "bridge.routes.components=direct,log,outbox,phone,hanging,erring,failing,exclusive",
                "bridge.routes.start-within=PT2S");
    }

    @AfterAll
    static void stop() {
        END.countDown();
        bridge.close();
    }

    @BeforeEach
    void operator() {
        operator = bridge.operator();
    }

    private static String beginningWith(String uri, String text) {
        return """
                - route: {id: mine, from: {uri: 'direct:mine', steps: [{log: '%2$s'}]}}
                - route: {id: other, from: {uri: '%1$s', steps: [{log: '%2$s'}]}}
                """.formatted(uri, text);
    }

    /** On a busy machine even a good text may not start in time: then it is put again. */
    private void runs(String text) {
        eventually(() -> operator.put("/v1/routes/mine", text).expect(200));
    }

    private void isRefused(String text, String reason) {
        eventually(() -> assertThat(
                        operator.put("/v1/routes/mine", text).expect(422).text())
                .contains(reason));
    }

    private void refused(String uri, String reason) {
        String good = beginningWith("direct:other", "good");
        runs(good);

        isRefused(beginningWith(uri, "bad"), reason);

        assertThat(operator.get("/v1/routes/mine").text()).isEqualTo(good);
        runs(beginningWith("direct:other", "better"));
        operator.delete("/v1/routes/mine").expect(204);
    }

    @Test
    void oneThatNeverEndsStartingIsGivenUp() {
        refused("hanging:x", "given up");
    }

    @Test
    void oneThatThrowsAnErrorIsRefused() {
        refused("erring:x", "too deep");
    }

    @Test
    void oneThatStartsOnlyPartlyIsRefused() {
        refused("failing:x", "the port is taken");
    }

    @Test
    void oneThatCannotRunTwiceStopsFirstAndGoesOnIfTheNewerOneFails() {
        runs(beginningWith("exclusive:x", "one"));
        runs(beginningWith("exclusive:x", "two"));
        eventually(() -> assertThat(TICKING.get()).isEqualTo(1));

        String both = beginningWith("exclusive:x", "three")
                + "- route: {id: third, from: {uri: 'failing:x', steps: [{log: x}]}}\n";
        isRefused(both, "the port is taken");

        eventually(() -> assertThat(TICKING.get()).isEqualTo(1));
        assertThat(operator.get("/v1/routes/mine").text()).contains("two");
        operator.delete("/v1/routes/mine").expect(204);
        eventually(() -> assertThat(TICKING.get()).isZero());
    }
}
