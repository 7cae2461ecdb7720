package com.mobileapiconnect.bridge.route;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Makes components whose endpoints are stubs: nothing comes in by one, and what is sent to one goes {@link Outside}. */
final class Stubs {

    private Stubs() {}

    static Component of(String scheme, Outside outside) {
        return scheme.equals("bean") ? new OfBean(outside) : new OfAny(outside);
    }

    /** Camel itself asks this component to read properties in the language simple. */
    private static final class OfBean extends BeanComponent {

        private final Outside outside;

        OfBean(Outside outside) {
            this.outside = outside;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new Stub(uri, this, outside);
        }
    }

    /** Takes any URI. */
    private static final class OfAny extends DefaultComponent {

        private final Outside outside;

        OfAny(Outside outside) {
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
