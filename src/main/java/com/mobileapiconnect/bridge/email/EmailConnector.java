package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.connector.Connector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the connector that {@link EmailSender} serves. */
@Configuration(proxyBeanMethods = false)
class EmailConnector {

    @Bean
    Connector email() {
        return Connector.ofRules("email", "Email", "A mail to the people that a rule names.");
    }
}
