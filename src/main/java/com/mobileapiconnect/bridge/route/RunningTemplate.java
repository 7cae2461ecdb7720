package com.mobileapiconnect.bridge.route;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.SimpleRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The template of a connector as it runs, in a Camel context of its own: what hangs in it holds up no other, and nothing is
 * left of one that was closed. Exchanges enter where it says {@code kamelet:source}.
 */
public final class RunningTemplate implements AutoCloseable {

    private static final String SCHEME = "kamelet";
    /** The time for a context; its exchanges have been waited for. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final DefaultCamelContext camel;
    private final Source source;

    private RunningTemplate(DefaultCamelContext camel, Source source) {
        this.camel = camel;
        this.source = source;
    }

    /** Throws what Camel throws; whoever calls bounds the time. */
    static RunningTemplate start(RouteContexts contexts, RouteText text, Map<String, ?> beans) throws Exception {
        Source source = new Source();
        SimpleRegistry own = new SimpleRegistry();
        beans.forEach(own::bind);
        own.bind(SCHEME, source);
        DefaultCamelContext camel = contexts.instance(text.name(), own);
        // An error is an answer of the delivery, which has a policy of its own.
        camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
        boolean started = false;
        try {
            RouteContexts.load(camel, text);
            camel.start();
            if (source.consumer == null) {
                throw new RouteRefusedException("No route begins with kamelet:source", null);
            }
            started = true;
            return new RunningTemplate(camel, source);
        } finally {
            if (!started) {
                camel.stop();
            }
        }
    }

    /** Returns an exchange that can enter. */
    public Exchange exchange() {
        return consumer().createExchange(false);
    }

    /**
     * Sends an exchange through, and returns whether it is through already; otherwise the callback comes later, on another
     * thread. Its failure is in the exchange.
     */
    public boolean process(Exchange exchange, AsyncCallback done) {
        return consumer().getAsyncProcessor().process(exchange, done);
    }

    private DefaultConsumer consumer() {
        DefaultConsumer consumer = source.consumer;
        if (consumer == null) {
            throw new IllegalStateException("The route of " + camel.getName() + " has stopped");
        }
        return consumer;
    }

    @Override
    public void close() {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(LONGEST_STOP.toMillis());
        camel.getShutdownStrategy().setShutdownNowOnTimeout(true);
        camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        camel.stop();
    }

    /** Stands for {@code kamelet:source}. */
    private static final class Source extends DefaultComponent implements Component {

        private volatile @Nullable DefaultConsumer consumer;

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            if (!remaining.equals("source")) {
                throw new IllegalArgumentException(
                        "A connector begins with kamelet:source and has no other kamelet: in it, not " + uri);
            }
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new IllegalArgumentException("kamelet:source is where a connector begins, not a step");
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    DefaultConsumer made = new DefaultConsumer(this, processor);
                    consumer = made;
                    return made;
                }

                @Override
                public boolean isSingleton() {
                    return true;
                }
            };
        }
    }
}
