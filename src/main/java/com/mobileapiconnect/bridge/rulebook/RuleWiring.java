package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.rule.Budget;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the budget of rules and conditions a bean: the package of rules knows no settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RuleSettings.class)
class RuleWiring {

    @Bean
    Budget budget(RuleSettings settings) {
        return new Budget(settings.budget());
    }
}
