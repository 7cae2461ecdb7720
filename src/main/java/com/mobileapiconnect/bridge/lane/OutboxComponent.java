package com.mobileapiconnect.bridge.lane;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The outbox as a Camel component, so that the way of a delivery is plain YAML: {@code outbox:due} is where due
 * deliveries enter a route, {@code outbox:send} hands one to its sender, {@code outbox:skip?reason=…} decides not to.
 */
@Component("outbox")
class OutboxComponent extends DefaultComponent {

    private final Senders senders;
    private final Outbox outbox;

    OutboxComponent(Senders senders, Outbox outbox) {
        this.senders = senders;
        this.outbox = outbox;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String reason = getAndRemoveParameter(parameters, "reason", String.class, "by-route");
        return new OutboxEndpoint(uri, this, OutboxEndpoint.Step.of(remaining), reason);
    }

    Senders senders() {
        return senders;
    }

    Outbox outbox() {
        return outbox;
    }
}
