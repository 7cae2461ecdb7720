package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the connector that {@link WebhookSender} serves. */
@Configuration(proxyBeanMethods = false)
class WebhookConnector {

    @Bean
    Connector webhook() {
        return new Connector(
                Connectors.DEFAULT,
                "Webhook",
                "A signed POST of the message as JSON to a URL of yours.",
                PropertySchema.NONE,
                true,
                true);
    }
}
