package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.destination.PropertyRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules for links of the connectors over OData. */
@Configuration(proxyBeanMethods = false)
class ODataLinks {

    @Bean
    PropertyRules linksOfDataverse() {
        return new LinkRules("dataverse-row");
    }

    @Bean
    PropertyRules linksOfOperations() {
        return new LinkRules("dynamics-fo-entity");
    }

    @Bean
    PropertyRules linksOfOData4() {
        return new LinkRules("odata4-entity");
    }

    @Bean
    PropertyRules linksOfOlingo4() {
        return new LinkRules("olingo4-entity");
    }
}
