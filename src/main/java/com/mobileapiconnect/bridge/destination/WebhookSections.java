package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the two parts of the configuration file that have a webhook. */
@Configuration(proxyBeanMethods = false)
class WebhookSections {

    @Bean
    Section webhookSection(Targets targets, TargetFields fields) {
        return new WebhookSection(Part.WEBHOOK, Target.Type.WEBHOOK, targets, fields);
    }

    @Bean
    Section operationsSection(Targets targets, TargetFields fields) {
        return new WebhookSection(Part.OPERATIONS, Target.Type.OPERATIONS, targets, fields);
    }
}
