package com.mobileapiconnect.bridge.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Starts a request when its body is complete. Until then the request holds no thread, only a connection and the bytes
 * received so far: 200 dripping bodies, which need no key, cannot occupy 200 threads. Most bodies come together with
 * their headers and pass at once.
 */
public final class BodyFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final long patienceNanos;
    private final transient BodyMemory memory;
    private final transient LongSupplier nanoTime;

    BodyFilter(Duration patience, BodyMemory memory, LongSupplier nanoTime) {
        this.patienceNanos = patience.toNanos();
        this.memory = memory;
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!hasBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        ArrivingBody body =
                new ArrivingBody(request, response, memory.of(request.getRemoteAddr()), patienceNanos, nanoTime);
        if (body.cameAtOnce()) {
            chain.doFilter(request, response);
            return;
        }
        AsyncContext later = request.startAsync();
        later.setTimeout(body.longestMillis());
        later.addListener(body);
        body.awaitRest(later);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null);
    }
}
