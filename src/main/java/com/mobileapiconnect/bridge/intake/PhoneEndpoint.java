package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.entry.Entry;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint {@code phone:inbound}, the only entry of the pipeline. */
class PhoneEndpoint extends DefaultEndpoint {

    /** The exchange property with the {@code Device} that sent the request. */
    static final String DEVICE = "device";
    /** Names the exchange property that is asked before each message of a large backlog: has it to make room? */
    static final String GIVES_WAY = "givesWay";

    private final Entrance entrance;

    PhoneEndpoint(String uri, Component component, Entrance entrance) {
        super(uri, component);
        this.entrance = entrance;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new PhoneConsumer(this, processor, entrance);
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("phone:inbound is where a route begins, not a step");
    }

    private static final class PhoneConsumer extends DefaultConsumer implements Entry, Suspendable {

        private final Entrance entrance;

        PhoneConsumer(PhoneEndpoint endpoint, Processor processor, Entrance entrance) {
            super(endpoint, processor);
            this.entrance = entrance;
        }

        @Override
        public void takeOver() {
            entrance.lead(this);
        }

        @Override
        public void leave() {
            entrance.close(this);
        }

        @Override
        protected void doSuspend() {
            leave();
        }

        @Override
        protected void doStop() throws Exception {
            leave();
            super.doStop();
        }
    }
}
