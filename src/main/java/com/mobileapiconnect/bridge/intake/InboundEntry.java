package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.tenant.Access;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Puts the phones' entries where they are reached without a detour. */
@Configuration(proxyBeanMethods = false)
class InboundEntry {

    @Bean
    ServletRegistrationBean<InboundServlet> inbound(
            Access access,
            Devices devices,
            Capture capture,
            PhoneComponent phone,
            HandlerExceptionResolver handlerExceptionResolver) {
        ServletRegistrationBean<InboundServlet> entry = new ServletRegistrationBean<>(
                new InboundServlet(access, devices, capture, phone, handlerExceptionResolver), InboundServlet.PATH);
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

    /** Nobody asks for the request by thread, so nobody pays for remembering it. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> none = new FilterRegistrationBean<>(new RequestContextFilter());
        none.setEnabled(false);
        return none;
    }
}
