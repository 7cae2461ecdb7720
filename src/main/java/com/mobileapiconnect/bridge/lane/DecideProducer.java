package com.mobileapiconnect.bridge.lane;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Decides about the delivery and ends the route, without a call. */
final class DecideProducer extends DefaultProducer {

    private final Decision decision;

    DecideProducer(Endpoint endpoint, Decision decision) {
        super(endpoint);
        this.decision = decision;
    }

    @Override
    public void process(Exchange exchange) {
        DueConsumer.attempt(exchange).decide(decision.of(exchange));
        exchange.setRouteStop(true);
    }
}
