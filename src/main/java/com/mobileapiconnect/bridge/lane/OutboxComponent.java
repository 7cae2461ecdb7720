package com.mobileapiconnect.bridge.lane;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code outbox:} for routes in YAML. Due deliveries enter a route at {@code outbox:due}, {@code
 * outbox:send} hands a delivery to its sender, and {@code outbox:skip?reason=…} ends it without a call.
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
