package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.tenant.Access;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Registers the phones' entries as servlets, without a detour through a dispatcher. */
@Configuration(proxyBeanMethods = false)
class InboundEntry {

    @Bean
    ServletRegistrationBean<InboundServlet> inbound(
            Phones phones,
            Capture capture,
            LargeBodies bodies,
            LargeBacklogs large,
            Entrance phone,
            UnansweredPhones unanswered,
            HandlerExceptionResolver handlerExceptionResolver) {
        ServletRegistrationBean<InboundServlet> entry = new ServletRegistrationBean<>(
                new InboundServlet(phones, capture, bodies, large, phone, unanswered, handlerExceptionResolver),
                InboundServlet.PATH);
        entry.setLoadOnStartup(1);
        return entry;
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gatewayEntry(
            Gateways gateways,
            Access access,
            Devices devices,
            PublicUrl publicUrl,
            Handover handover,
            HandlerExceptionResolver handlerExceptionResolver) {
        return new ServletRegistrationBean<>(
                new GatewayServlet(gateways, access, devices, publicUrl, handover, handlerExceptionResolver),
                GatewayServlet.PATHS);
    }

    /** Switches off the filter that remembers the request for each thread: nobody asks for it. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> none = new FilterRegistrationBean<>(new RequestContextFilter());
        none.setEnabled(false);
        return none;
    }
}
