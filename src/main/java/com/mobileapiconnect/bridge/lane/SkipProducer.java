package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Ends the route without a call. */
final class SkipProducer extends DefaultProducer {

    private final String reason;

    SkipProducer(Endpoint endpoint, String reason) {
        super(endpoint);
        this.reason = reason;
    }

    @Override
    public void process(Exchange exchange) {
        DueConsumer.call(exchange).attempt().decide(new Outcome.Skipped(reason));
        exchange.setRouteStop(true);
    }
}
