package com.mobileapiconnect.bridge.route;

import javax.sql.DataSource;
import org.apache.camel.Component;
import org.apache.camel.NoSuchLanguageException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.context.ApplicationContext;

/** Knows what the operator has put beside the bridge for routes: databases, and what plugins bring. */
@org.springframework.stereotype.Component
class Brought {

    private final ApplicationContext spring;
    private final RouteContexts contexts;

    Brought(ApplicationContext spring, RouteContexts contexts) {
        this.spring = spring;
        this.contexts = contexts;
    }

    boolean bean(String name) {
        try {
            Class<?> type = spring.getType(name);
            return type != null && (DataSource.class.isAssignableFrom(type) || isOfPlugin(type));
        } catch (NoSuchBeanDefinitionException e) {
            return false;
        }
    }

    boolean component(String scheme) {
        Component component = contexts.catalogue().getComponent(scheme, true, false);
        return component != null && isOfPlugin(component.getClass());
    }

    boolean language(String name) {
        try {
            return isOfPlugin(contexts.catalogue().resolveLanguage(name).getClass());
        } catch (NoSuchLanguageException e) {
            return false;
        }
    }

    /** Plugins have a class loader of their own, a child of the bridge's. */
    private static boolean isOfPlugin(Class<?> type) {
        @Nullable ClassLoader loader = type.getClassLoader();
        return loader != null && loader.getParent() == Brought.class.getClassLoader();
    }
}
