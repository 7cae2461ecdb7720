package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import com.mobileapiconnect.bridge.erp.ErpCall;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.ErpWrites;
import com.mobileapiconnect.bridge.kamelet.Binding.Bound;
import com.mobileapiconnect.bridge.route.RunningTemplate;
import com.mobileapiconnect.bridge.route.Templates;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** A connector as a step of a route: its own route runs as long as the step's does. */
final class KameletEndpoint extends DefaultEndpoint {

    private final Kamelet kamelet;
    private final TargetProperties properties;
    private final Parts parts;

    record Parts(Templates templates, ErpWrites writes) {}

    KameletEndpoint(String uri, Component component, Kamelet kamelet, TargetProperties properties, Parts parts) {
        super(uri, component);
        this.kamelet = kamelet;
        this.properties = properties;
        this.parts = parts;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("A connector is a step: a route cannot begin with " + getEndpointUri());
    }

    @Override
    public Producer createProducer() {
        return new Step();
    }

    private final class Step extends DefaultAsyncProducer {

        private final Bound bound = kamelet.bind(Instances.values(
                kamelet.connector().properties().withDefaults(properties.plain()), properties.secrets()));
        private @Nullable RunningTemplate template;

        Step() {
            super(KameletEndpoint.this);
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            template = parts.templates().start(bound.route(), bound.beans());
        }

        @Override
        protected void doStop() throws Exception {
            RunningTemplate running = template;
            if (running != null) {
                parts.templates().end(running);
            }
            super.doStop();
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                Exchange inner = inner(exchange);
                return running().process(inner, sync -> {
                    giveBack(inner, exchange);
                    callback.done(sync);
                });
            } catch (Exception e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
        }

        private RunningTemplate running() {
            RunningTemplate running = template;
            if (running == null) {
                throw new IllegalStateException(getEndpointUri() + " has not started");
            }
            return running;
        }

        private Exchange inner(Exchange exchange) {
            Exchange inner = running().exchange();
            inner.getProperties().putAll(exchange.getProperties());
            exchange.getVariables().forEach(inner::setVariable);
            bound.variables().forEach(inner::setVariable);
            inner.getMessage().setHeaders(exchange.getMessage().getHeaders());
            inner.getMessage().setBody(exchange.getMessage().getBody());
            Attempt attempt = exchange.getProperty("attempt", Attempt.class);
            if (attempt != null && attempt.delivery().source() != null) {
                ErpWrite write = write(attempt, exchange.getMessage().getBody(byte[].class));
                inner.setVariable(Kamelet.FIELDS, write.fields().toString());
                new ErpCall(write).goesAs(inner);
            }
            return inner;
        }

        private ErpWrite write(Attempt attempt, byte @Nullable [] body) {
            byte[] sent = body == null ? new byte[0] : body;
            boolean isOwn = properties.plain().isEmpty()
                    && properties.secrets().isEmpty()
                    && attempt.target().connector().equals(kamelet.name());
            return isOwn
                    ? parts.writes().of(attempt, sent)
                    : parts.writes().of(attempt, sent, kamelet.connector(), properties);
        }

        private static void giveBack(Exchange inner, Exchange exchange) {
            exchange.getMessage().setHeaders(inner.getMessage().getHeaders());
            exchange.getMessage().setBody(inner.getMessage().getBody());
            if (inner.getException() != null) {
                exchange.setException(inner.getException());
            }
            if (inner.isRouteStop()) {
                exchange.setRouteStop(true);
            }
        }
    }
}
