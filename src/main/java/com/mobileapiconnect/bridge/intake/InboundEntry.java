package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.tenant.Access;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Puts the phones' entry where it is reached without a detour. */
@Configuration(proxyBeanMethods = false)
class InboundEntry {

    @Bean
    ServletRegistrationBean<InboundServlet> inbound(
            Access access, Devices devices, PhoneComponent phone, HandlerExceptionResolver handlerExceptionResolver) {
        ServletRegistrationBean<InboundServlet> entry = new ServletRegistrationBean<>(
                new InboundServlet(access, devices, phone, handlerExceptionResolver), InboundServlet.PATH);
        entry.setLoadOnStartup(1);
        return entry;
    }

    /** Nobody asks for the request by thread, so nobody pays for remembering it. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> none = new FilterRegistrationBean<>(new RequestContextFilter());
        none.setEnabled(false);
        return none;
    }
}
