package com.mobileapiconnect.bridge.lane;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code outbox:} for routes in YAML. Due deliveries enter a route at {@code outbox:due}, {@code
 * outbox:send} hands a delivery to its sender, and the other steps decide without a call: {@link Decision}. Making an
 * endpoint checks its options and does nothing else.
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
        StepOptions options = new StepOptions("outbox:" + remaining, parameters);
        OutboxEndpoint.Step step =
                switch (remaining) {
                    case "due" -> new OutboxEndpoint.Due(outbox);
                    case "send" -> new OutboxEndpoint.Send(sends);
                    default -> new OutboxEndpoint.Decide(Decision.named(remaining, options));
                };
        options.requireNoOther();
        return new OutboxEndpoint(uri, this, step);
    }
}
