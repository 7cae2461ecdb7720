package com.mobileapiconnect.bridge.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean of a class in a plugin, or of what a static method without parameters returns. Routes name the bean; one
 * that is a connector, a sender or a Camel component becomes a part of the bridge. The constructor may ask for beans of
 * the bridge and of the same plugin.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface BridgeBean {

    /** Returns the bean's name; empty: the name of the class, with a small first letter, or of the method. */
    String value() default "";
}
