package com.mobileapiconnect.bridge.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of a number, a duration or a size, on the component of a settings record: checked at the start, and shown in
 * {@code docs/configuration.md}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Bounds {

    /** Returns the least value, written as in the configuration: {@code 1}, {@code PT1S}, {@code 1MB}. */
    String least();

    String most();

    /** Returns whether 0 is allowed too, although it is less; the setting says what it means. */
    boolean orZero() default false;
}
