package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.door.Shares;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * The memory of long answers until they are written: a reader may take its time. A caller has half of it, and always as
 * much as a single answer needs. Short answers are bounded by their number.
 */
@RestControllerAdvice
class AnswerMemory implements ResponseBodyAdvice<Object>, HandlerInterceptor {

    static final long SHORT = 64 << 10;

    private static final int SHARE_OF_HEAP = 8;
    private static final String CLAIM = AnswerMemory.class.getName() + ".claim";

    private final long share;
    private final Shares<String> memory;

    private record Claim(String owner, long weight) {}

    @Autowired
    AnswerMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    AnswerMemory(long most) {
        this.share = most / 2;
        this.memory = new Shares<>(most, share);
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Weighed weighed && request instanceof ServletServerHttpRequest servlet) {
            claim(servlet.getServletRequest(), weighed.weight());
        }
        return body;
    }

    /**
     * Claims memory until the request is answered. Throws a 429 {@link Problem} if too much of it is the caller's own, a
     * 503 one if all callers together have it.
     */
    void claim(HttpServletRequest request, long weight) {
        if (weight <= SHORT || request.getAttribute(CLAIM) != null) {
            return;
        }
        Claim claim = new Claim(TreeMemory.ownerOf(request), Math.min(weight, share));
        if (!memory.take(claim.owner(), claim.weight())) {
            throw memory.takenBy(claim.owner()) > 0
                    ? Problem.tooMuch(
                            "Answers to this tenant that are being written are too large together. Read them to"
                                    + " their end, or ask for less with limit.")
                    : Problem.unavailable("Too many large answers are being written at the moment.");
        }
        request.setAttribute(CLAIM, claim);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(CLAIM) instanceof Claim claim) {
            request.removeAttribute(CLAIM);
            memory.giveBack(claim.owner(), claim.weight());
        }
    }
}
