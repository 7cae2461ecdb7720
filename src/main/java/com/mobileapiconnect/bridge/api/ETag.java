package com.mobileapiconnect.bridge.api;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Writes the {@code ETag} of every answer that is a {@link Versioned} object. */
@RestControllerAdvice
class ETag implements ResponseBodyAdvice<Object> {

    /** Returns the strong tag as it stands in a header. */
    public static String of(String tag) {
        return '"' + tag + '"';
    }

    @Override
    public boolean supports(MethodParameter handler, Class<? extends HttpMessageConverter<?>> converter) {
        return Versioned.class.isAssignableFrom(handler.getParameterType());
    }

    @Override
    public Object beforeBodyWrite(
            Object body,
            MethodParameter handler,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        response.getHeaders().setETag(of(Long.toString(((Versioned) body).version())));
        return body;
    }
}
