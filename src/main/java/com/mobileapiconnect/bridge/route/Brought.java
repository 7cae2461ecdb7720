package com.mobileapiconnect.bridge.route;

import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoSuchLanguageException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;

/** Knows what the operator has put beside the bridge for routes: databases, and what plugins bring. */
@org.springframework.stereotype.Component
class Brought {

    private final ApplicationContext spring;
    private final ObjectProvider<CamelContext> camel;

    Brought(ApplicationContext spring, ObjectProvider<CamelContext> camel) {
        this.spring = spring;
        this.camel = camel;
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
        Component component = camel.getObject().getComponent(scheme, true, false);
        return component != null && isOfPlugin(component.getClass());
    }

    boolean language(String name) {
        try {
            return isOfPlugin(camel.getObject().resolveLanguage(name).getClass());
        } catch (NoSuchLanguageException e) {
            return false;
        }
    }

    /** Plugins have a class loader of their own, which is the one that Camel was given. */
    private boolean isOfPlugin(Class<?> type) {
        @Nullable ClassLoader plugins = camel.getObject().getApplicationContextClassLoader();
        return plugins != null
                && plugins != Brought.class.getClassLoader()
                && type.getClassLoader() == plugins;
    }
}
