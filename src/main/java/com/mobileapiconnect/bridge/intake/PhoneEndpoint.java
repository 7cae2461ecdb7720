package com.mobileapiconnect.bridge.intake;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint {@code phone:inbound}, the only entry of the pipeline. */
class PhoneEndpoint extends DefaultEndpoint {

    /** The exchange property with the {@code Device} that sent the request. */
    static final String DEVICE = "device";

    private final PhoneComponent component;
    private final String name;

    PhoneEndpoint(String uri, PhoneComponent component, String name) {
        super(uri, component);
        this.component = component;
        this.name = name;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new PhoneConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("phone:inbound is where a route begins, not a step");
    }

    static final class PhoneConsumer extends DefaultConsumer {

        private final PhoneEndpoint endpoint;

        PhoneConsumer(PhoneEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            endpoint.component.opened(endpoint.name, this);
        }

        @Override
        protected void doStop() throws Exception {
            endpoint.component.closed(endpoint.name, this);
            super.doStop();
        }
    }
}
