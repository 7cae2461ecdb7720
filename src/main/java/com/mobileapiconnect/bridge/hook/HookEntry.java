package com.mobileapiconnect.bridge.hook;

import com.mobileapiconnect.bridge.entry.Passages;
import com.mobileapiconnect.bridge.tenant.Access;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Registers the servlet of hooks, at the only paths that routes can serve. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HookSettings.class)
class HookEntry {

    /** Requests of one hook that may wait for their turn; further ones are turned away, and hold no thread. */
    private static final int WAITING = 4;

    @Bean
    ServletRegistrationBean<HookServlet> hookServlet(
            Hooks hooks,
            Access access,
            HookSettings settings,
            MeterRegistry metrics,
            HandlerExceptionResolver handlerExceptionResolver) {
        Passages passages = new Passages("hooks", settings.atOnce(), WAITING, settings.within(), metrics);
        int most = settings.atOnce() + settings.atOnce() / 2;
        return new ServletRegistrationBean<>(
                new HookServlet(hooks, access, passages, most, handlerExceptionResolver), HookServlet.PATHS);
    }
}
