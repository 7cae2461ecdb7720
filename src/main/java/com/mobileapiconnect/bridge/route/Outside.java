package com.mobileapiconnect.bridge.route;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Stands for everything that a route in a {@link Scratch} sends to. */
@FunctionalInterface
public interface Outside {

    Outside NOTHING = (uri, exchange) -> {};

    /** Prepares the context before its text is loaded. */
    default void prepare(CamelContext camel) {}

    /** Called in place of an endpoint. */
    void called(String uri, Exchange exchange) throws Exception;
}
