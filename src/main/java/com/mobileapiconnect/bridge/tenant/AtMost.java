package com.mobileapiconnect.bridge.tenant;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a tenant may have only so many calls of this kind of handler under way at the same time; further ones
 * are answered 429. The handler's first parameter is its {@link Caller.OfTenant}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AtMost {

    Limit value();
}
