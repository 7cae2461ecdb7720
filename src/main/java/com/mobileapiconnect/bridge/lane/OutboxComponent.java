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

    private final Outbox outbox;
    private final Sends sends;

    OutboxComponent(Outbox outbox, Sends sends) {
        this.outbox = outbox;
        this.sends = sends;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String reason = getAndRemoveParameter(parameters, "reason", String.class, "by-route");
        OutboxEndpoint.Step step =
                switch (remaining) {
                    case "due" -> new OutboxEndpoint.Due(outbox);
                    case "send" -> new OutboxEndpoint.Send(sends);
                    case "skip" -> new OutboxEndpoint.Skip(reason);
                    default -> throw new IllegalArgumentException("outbox: knows due, send and skip, not " + remaining);
                };
        return new OutboxEndpoint(uri, this, step);
    }
}
