package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.connector.Connector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the connector that {@link ReplySender} serves. */
@Configuration(proxyBeanMethods = false)
class ReplyConnector {

    @Bean
    Connector reply() {
        return Connector.ofRules(
                "reply", "Reply", "An SMS back to the sender, through the phone that the message came by.");
    }
}
