package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.QueryParameters;
import com.mobileapiconnect.bridge.api.TreeMemory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Resolves the {@link Caller} that a handler method declares as its first parameter: no key or an unknown one is 401, a
 * key of another kind or without the scope 403. Parameters are resolved in order, so the key is checked before the rest
 * of the request is read. A tenant's request takes one of the tenant's places as long as it holds a thread.
 *
 * <p>Unknown query parameters are refused here too, once the key is known. Those of a phone are not looked at: an app
 * cannot be mended from here, and its SMS must not wait for that.
 */
@Component
class CallerArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver, AsyncHandlerInterceptor {

    /** Methods that change nothing; HEAD is answered by the handler of GET. */
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final String PLACES = CallerArguments.class.getName() + ".places";

    private final Access access;
    private final AtOnce atOnce;
    private final QueryParameters queryParameters;

    CallerArguments(Access access, AtOnce atOnce, QueryParameters queryParameters) {
        this.access = access;
        this.atOnce = atOnce;
        this.queryParameters = queryParameters;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** A handler that needs no key has its parameters checked before it is called. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() != DispatcherType.ERROR
                && handler instanceof HandlerMethod method
                && method.hasMethodAnnotation(RequestMapping.class)
                && Arrays.stream(method.getMethodParameters()).noneMatch(this::supportsParameter)) {
            queryParameters.check(method.getMethod(), request);
        }
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        HttpServletRequest servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        Caller caller = access.caller(
                servlet, parameter.getParameterType().asSubclass(Caller.class), () -> enough(servlet, parameter));
        if (!(caller instanceof Caller.OfDevice)) {
            queryParameters.check(Objects.requireNonNull(parameter.getMethod()), servlet);
        }
        TreeMemory.owner(servlet, owner(caller));
        if (caller instanceof Caller.OfTenant tenant) {
            take(servlet, tenant, Limit.REQUESTS_AT_ONCE);
            AtMost bound = parameter.getMethodAnnotation(AtMost.class);
            if (bound != null) {
                take(servlet, tenant, bound.value());
            }
        }
        return caller;
    }

    /** Returns the scopes that open a handler beside {@code everything}: the one place that says so for all of them. */
    private static Set<Scope> enough(HttpServletRequest request, MethodParameter handler) {
        Set<Scope> enough = EnumSet.noneOf(Scope.class);
        if (READING.contains(request.getMethod())) {
            enough.add(Scope.READ);
        }
        add(enough, handler.getMethodAnnotation(OpenTo.class));
        add(enough, handler.getContainingClass().getAnnotation(OpenTo.class));
        return enough;
    }

    private static void add(Set<Scope> enough, @Nullable OpenTo open) {
        if (open != null) {
            enough.addAll(List.of(open.value()));
        }
    }

    private static String owner(Caller caller) {
        if (caller instanceof Caller.OfTenant tenant) {
            return tenant.tenantId();
        }
        return caller instanceof Caller.OfDevice device ? device.tenantId() : caller.name();
    }

    private void take(HttpServletRequest request, Caller.OfTenant tenant, Limit limit) {
        places(request).add(atOnce.take(tenant.tenantId(), limit));
    }

    @SuppressWarnings("unchecked") // only this class sets the attribute
    private static List<AtOnce.Held> places(HttpServletRequest request) {
        Object held = request.getAttribute(PLACES);
        if (held == null) {
            held = new ArrayList<AtOnce.Held>(2);
            request.setAttribute(PLACES, held);
        }
        return (List<AtOnce.Held>) held;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        giveBack(request);
    }

    /** The request goes on without a thread. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        giveBack(request);
    }

    private static void giveBack(HttpServletRequest request) {
        if (request.getAttribute(PLACES) != null) {
            places(request).forEach(AtOnce.Held::close);
            request.removeAttribute(PLACES);
        }
    }
}
