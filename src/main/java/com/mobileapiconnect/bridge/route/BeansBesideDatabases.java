package com.mobileapiconnect.bridge.route;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bridge's components and languages whatever the operator calls a database. Camel asks its registry for the
 * plain name, and for the name with this ending only if nothing at all has the plain one.
 */
final class BeansBesideDatabases {

    private BeansBesideDatabases() {}

    static void findIn(CamelContext camel) {
        ExtendedCamelContext extension = camel.getCamelContextExtension();
        ComponentResolver components = PluginHelper.getComponentResolver(extension);
        LanguageResolver languages = PluginHelper.getLanguageResolver(extension);
        extension.addContextPlugin(ComponentResolver.class, (name, any) -> {
            Component bean = bean(any, name + "-component", Component.class);
            return bean == null ? components.resolveComponent(name, any) : bean;
        });
        extension.addContextPlugin(LanguageResolver.class, (name, any) -> {
            Language bean = bean(any, name + "-language", Language.class);
            return bean == null ? languages.resolveLanguage(name, any) : bean;
        });
    }

    private static <T> @Nullable T bean(CamelContext camel, String name, Class<T> type) {
        return camel.getRegistry().lookupByNameAndType(name, type);
    }
}
