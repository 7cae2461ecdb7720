package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Access;
import com.mobileapiconnect.bridge.tenant.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Serves the health without a key, and the metrics only with the operator's key. */
public class MetricsFilter extends OncePerRequestFilter {

    private final Access access;
    private final HandlerExceptionResolver handlerExceptionResolver;

    public MetricsFilter(Access access, HandlerExceptionResolver handlerExceptionResolver) {
        this.access = access;
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // The decoded path without parameters, which the container uses to find handlers.
        return request.getServletPath().equals("/actuator/health");
    }

    /**
     * Filters async dispatches too: a request whose body arrived late resumes as one, and its key must be checked
     * there.
     */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            access.caller(request, Caller.OfOperator.class);
        } catch (Problem problem) {
            handlerExceptionResolver.resolveException(request, response, null, problem);
            return;
        }
        chain.doFilter(request, response);
    }
}
