package com.mobileapiconnect.bridge.phone;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings {@link ReconcileResource} the requests at its path, which lies among those of the gateways' servlet. */
@Configuration(proxyBeanMethods = false)
class PhoneEntry {

    @Bean
    ServletRegistrationBean<ToHandlers> reconcileEntry() {
        return new ServletRegistrationBean<>(new ToHandlers(), ReconcileResource.PATH);
    }

    /** Hands over to the servlet of all handlers. */
    static final class ToHandlers extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            getServletContext().getNamedDispatcher("dispatcherServlet").forward(request, response);
        }
    }
}
