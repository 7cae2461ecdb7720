package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.destination.PropertyRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules for links of the two connectors to Dynamics. */
@Configuration(proxyBeanMethods = false)
class DynamicsRules {

    @Bean
    PropertyRules linksOfDataverse() {
        return new LinkRules("dataverse-row");
    }

    @Bean
    PropertyRules linksOfOperations() {
        return new LinkRules("dynamics-fo-entity");
    }
}
