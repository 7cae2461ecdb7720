package com.mobileapiconnect.bridge.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the filter for bodies in front of all handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestSettings.class)
class BodyWiring {

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(RequestSettings settings) {
        FilterRegistrationBean<BodyFilter> filter = new FilterRegistrationBean<>(
                new BodyFilter(settings.patience(), new BodyMemory(settings.memoryBytes()), System::nanoTime));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
