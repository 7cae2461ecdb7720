package com.mobileapiconnect.bridge.tenant;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a handler, or all handlers of a resource, to API keys with any of these scopes. Without it a handler is open to
 * keys with {@code everything} alone, and for GET to those with {@code read} too: a new operation that is not thought of
 * is closed.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenTo {

    Scope[] value();
}
