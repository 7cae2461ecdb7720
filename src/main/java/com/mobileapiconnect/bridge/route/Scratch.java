package com.mobileapiconnect.bridge.route;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * A text as a started Camel context in which every endpoint is a stub: nothing comes in by one, and nothing leaves. The
 * languages and beans are real, unless the caller gives others.
 */
public final class Scratch implements AutoCloseable {

    private final DefaultCamelContext camel;

    private Scratch(DefaultCamelContext camel) {
        this.camel = camel;
    }

    /** Stands for everything outside. */
    @FunctionalInterface
    public interface Outside {

        Outside NOTHING = (uri, exchange) -> {};

        /** Called in place of an endpoint that a step sends to. */
        void called(String uri, Exchange exchange) throws Exception;
    }

    /**
     * Starts it; whoever calls bounds the time. Throws what Camel throws.
     *
     * @param errors the text that is for every route
     * @param beans  in place of the bridge's own, by name
     */
    static Scratch start(
            RouteContexts contexts, RouteText errors, RouteText text, Outside outside, Map<String, ?> beans)
            throws Exception {
        DefaultCamelContext camel =
                contexts.make("scratch-" + text.name(), new ScratchBeans(contexts.beans(), beans, outside));
        boolean started = false;
        try {
            camel.getCamelContextExtension()
                    .addContextPlugin(ComponentResolver.class, (scheme, any) -> stub(scheme, outside));
            if (text.name().equals(errors.name())) {
                RouteContexts.load(camel, text);
            } else {
                RouteContexts.load(camel, errors, text);
            }
            camel.start();
            started = true;
            return new Scratch(camel);
        } finally {
            if (!started) {
                camel.stop();
            }
        }
    }

    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }

    static Component stub(String scheme, Outside outside) {
        return scheme.equals("bean") ? new BeanStubs(outside) : new Stubs(outside);
    }

    /** Camel itself asks this component to read properties in the language simple. */
    private static final class BeanStubs extends BeanComponent {

        private final Outside outside;

        BeanStubs(Outside outside) {
            this.outside = outside;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new Stub(uri, this, outside);
        }
    }

    /** Takes any URI. */
    private static final class Stubs extends DefaultComponent {

        private final Outside outside;

        Stubs(Outside outside) {
            this.outside = outside;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new Stub(uri, this, outside);
        }
    }

    private static final class Stub extends DefaultEndpoint {

        private final Outside outside;

        Stub(String uri, Component component, Outside outside) {
            super(uri, component);
            this.outside = outside;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    outside.called(getEndpointUri(), exchange);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }

        @Override
        public boolean isSingleton() {
            return true;
        }

        @Override
        public boolean isLenientProperties() {
            return true;
        }
    }
}
