package com.mobileapiconnect.bridge.lane;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code outbox:} for routes in YAML. Due deliveries enter a route at {@code outbox:due}, those of one
 * target at {@code outbox:for/con_…} if a route begins so; {@code outbox:send} hands a delivery to its sender, and the other
 * steps decide without a call: {@link Decision}. Making an endpoint checks its options and does nothing else.
 */
@Component("outbox")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class OutboxComponent extends DefaultComponent {

    private static final String FOR = "for/";
    private static final Pattern TARGET = Pattern.compile("(?:con|act)_\\w{1,60}|webhook");

    private final Outbox outbox;
    private final Sends sends;

    OutboxComponent(Outbox outbox, Sends sends) {
        this.outbox = outbox;
        this.sends = sends;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        StepOptions options = new StepOptions(
                "outbox:" + remaining, parameters, getCamelContext().getRegistry());
        if (remaining.startsWith(FOR)) {
            options.requireNoOther();
            return new OutboxEndpoint(
                    uri, this, new OutboxEndpoint.Due(outbox, target(remaining.substring(FOR.length()))));
        }
        OutboxEndpoint.Step step =
                switch (remaining) {
                    case "due" -> new OutboxEndpoint.Due(outbox, null);
                    case "send" -> new OutboxEndpoint.Send(sends);
                    default -> new OutboxEndpoint.Decide(Decision.named(remaining, options));
                };
        options.requireNoOther();
        return new OutboxEndpoint(uri, this, step);
    }

    private static String target(String id) {
        if (!TARGET.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "outbox:for/ is followed by the id of a connection (con_…) or action (act_…), or by webhook, not by "
                            + id);
        }
        return id;
    }
}
