package com.mobileapiconnect.bridge.route;

import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Makes the context of what the bridge itself does by Camel without a route, like sending mail. The first who
 * asks for it waits for it: most bridges never need it, and a start has no time for it.
 */
@Configuration(proxyBeanMethods = false)
class OwnContext {

    @Bean(destroyMethod = "stop")
    @Lazy
    DefaultCamelContext camelContext(RouteContexts contexts) {
        DefaultCamelContext camel = contexts.make("erp-bridge");
        camel.getShutdownStrategy().setTimeout(1); // outbox:due has waited before, within its own bound
        camel.start();
        return camel;
    }
}
