package com.mobileapiconnect.bridge.lane;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** An endpoint of the component {@code outbox:}, at which a route meets the engine. */
class OutboxEndpoint extends DefaultEndpoint {

    private final Step step;

    /** The action of an endpoint, with its parameters. */
    sealed interface Step {}

    /** @param target whose deliveries enter; null: those of all targets without a route of their own */
    record Due(Outbox outbox, @Nullable String target) implements Step {}

    record Send(Sends sends) implements Step {}

    record Decide(Decision decision) implements Step {}

    OutboxEndpoint(String uri, Component component, Step step) {
        super(uri, component);
        this.step = step;
    }

    /** Returns what the step decides. */
    Decision decision() {
        if (step instanceof Decide decide) {
            return decide.decision();
        }
        throw new IllegalStateException(getEndpointUri() + " decides nothing");
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        if (step instanceof Due due) {
            return new DueConsumer(this, processor, due.outbox(), due.target());
        }
        throw new IllegalArgumentException(
                "A route begins with outbox:due or outbox:for; " + getEndpointUri() + " is a step");
    }

    @Override
    public Producer createProducer() {
        if (step instanceof Send send) {
            return new SendProducer(this, send.sends());
        } else if (step instanceof Decide decide) {
            return new DecideProducer(this, decide.decision());
        }
        throw new IllegalArgumentException(getEndpointUri() + " is where a route begins, not a step");
    }
}
