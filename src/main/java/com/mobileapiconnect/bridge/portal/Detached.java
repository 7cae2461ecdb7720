package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a request for a page that is drawn again later, when the container may have taken that request back. Says who
 * asked and in which language; of everything else there is nothing.
 */
final class Detached implements InvocationHandler {

    private final String address;
    private final ServletContext context;
    private final List<Locale> locales;
    private final Cookie @Nullable [] cookies;

    private Detached(HttpServletRequest request) {
        this.address = request.getRemoteAddr();
        this.context = request.getServletContext();
        this.locales = Collections.list(request.getLocales());
        this.cookies = request.getCookies();
    }

    static HttpServletRequest from(HttpServletRequest request) {
        return proxy(HttpServletRequest.class, new Detached(request));
    }

    /** Returns a response that reaches nobody. */
    static HttpServletResponse toNobody() {
        return proxy(HttpServletResponse.class, (proxy, method, arguments) -> nothing(method));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Detached.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "getRemoteAddr", "getRemoteHost" -> address;
            case "getServletContext" -> context;
            case "getLocale" -> locales.get(0);
            case "getLocales" -> Collections.enumeration(locales);
            case "getCookies" -> cookies;
            default -> nothing(method);
        };
    }

    private static @Nullable Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        } else if (type == int.class) {
            return 0;
        }
        return type == long.class ? (Object) 0L : null;
    }
}
