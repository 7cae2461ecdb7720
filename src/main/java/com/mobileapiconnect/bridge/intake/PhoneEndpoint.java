package com.mobileapiconnect.bridge.intake;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint {@code phone:inbound}, the only entry of the pipeline. */
class PhoneEndpoint extends DefaultEndpoint {

    /** The exchange property with the {@code Device} that sent the request. */
    static final String DEVICE = "device";

    private final String name;
    private final Map<String, DefaultConsumer> running;

    /** @param running has the consumers of running routes, by the names of their endpoints */
    PhoneEndpoint(String uri, Component component, String name, Map<String, DefaultConsumer> running) {
        super(uri, component);
        this.name = name;
        this.running = running;
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

    private static final class PhoneConsumer extends DefaultConsumer {

        private final PhoneEndpoint endpoint;

        PhoneConsumer(PhoneEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            endpoint.running.put(endpoint.name, this);
        }

        @Override
        protected void doStop() throws Exception {
            endpoint.running.remove(endpoint.name, this);
            super.doStop();
        }
    }
}
