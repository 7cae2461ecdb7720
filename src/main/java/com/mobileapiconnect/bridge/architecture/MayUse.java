package com.mobileapiconnect.bridge.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the packages of the bridge that the annotated package may use; an architecture test fails on any other, and on
 * one that is named and not used.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface MayUse {

    /** Names of packages below {@code com.mobileapiconnect.bridge}, like {@code store}; in alphabetical order. */
    String[] value() default {};
}
