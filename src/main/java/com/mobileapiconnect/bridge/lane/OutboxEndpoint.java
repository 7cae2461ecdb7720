package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.util.Locale;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One of the three places where a route meets the outbox. */
class OutboxEndpoint extends DefaultEndpoint {

    /** The exchange property that carries the {@link Attempt}. */
    static final String ATTEMPT = "attempt";

    private final OutboxComponent component;
    private final Step step;
    private final String reason;

    enum Step {
        DUE,
        SEND,
        SKIP;

        static Step of(String name) {
            for (Step step : values()) {
                if (step.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return step;
                }
            }
            throw new IllegalArgumentException("outbox: knows due, send and skip, not " + name);
        }
    }

    OutboxEndpoint(String uri, OutboxComponent component, Step step, String reason) {
        super(uri, component);
        this.component = component;
        this.step = step;
        this.reason = reason;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        if (step != Step.DUE) {
            throw new IllegalArgumentException("A route begins with outbox:due; " + getEndpointUri() + " is a step");
        }
        return new DueConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        return switch (step) {
            case DUE -> throw new IllegalArgumentException("outbox:due is where a route begins, not a step");
            case SEND -> new SendProducer(this);
            case SKIP -> new SkipProducer(this);
        };
    }

    private static Attempt attempt(Exchange exchange) {
        Attempt attempt = exchange.getProperty(ATTEMPT, Attempt.class);
        if (attempt == null) {
            throw new IllegalStateException("Only a route from outbox:due can send or skip a delivery");
        }
        return attempt;
    }

    /** Where due deliveries enter: as long as its route runs, calls are made. */
    private static final class DueConsumer extends DefaultConsumer {

        private final OutboxEndpoint endpoint;

        DueConsumer(OutboxEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            endpoint.component.outbox().open(this::process);
        }

        @Override
        protected void doStop() throws Exception {
            endpoint.component.outbox().close();
            super.doStop();
        }

        /** The body is the payload; nothing of the SMS becomes a header. */
        private void process(Attempt attempt) throws Exception {
            Exchange exchange = endpoint.createExchange();
            exchange.setProperty(ATTEMPT, attempt);
            exchange.setProperty("delivery", attempt.delivery().id());
            exchange.setProperty("target", attempt.target().publicId());
            exchange.setProperty("tenant", attempt.target().tenantId());
            exchange.setProperty("connector", attempt.target().connector());
            StoredMessage source = attempt.delivery().source();
            if (source != null) { // an event of the bridge has no message
                exchange.setProperty("message", source.message());
                exchange.setProperty("matchedRuleId", source.matchedRuleId());
            }
            exchange.getIn().setBody(attempt.delivery().body());
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        }
    }

    private static final class SendProducer extends DefaultProducer {

        private final Senders senders;

        SendProducer(OutboxEndpoint endpoint) {
            super(endpoint);
            this.senders = endpoint.component.senders();
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            Attempt attempt = attempt(exchange);
            byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
            attempt.decide(senders.of(attempt.target().connector()).send(attempt, body));
        }
    }

    private static final class SkipProducer extends DefaultProducer {

        private final String reason;

        SkipProducer(OutboxEndpoint endpoint) {
            super(endpoint);
            this.reason = endpoint.reason;
        }

        @Override
        public void process(Exchange exchange) {
            attempt(exchange).decide(new Outcome.Skipped(reason));
            exchange.setRouteStop(true);
        }
    }
}
