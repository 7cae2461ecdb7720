package com.mobileapiconnect.bridge.plugin;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.TypeConverterLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets Camel find what plugins bring: components, languages, data formats and type converters. */
@Component
public class PluginsInCamel {

    private static final Logger LOG = LoggerFactory.getLogger(PluginsInCamel.class);

    private final Plugins plugins;

    PluginsInCamel(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Shows the plugins to a context that has not started. */
    public void configure(CamelContext camel) {
        ClassLoader loader = plugins.loader();
        if (loader != null) {
            camel.setApplicationContextClassLoader(loader);
            plugins.all().stream()
                    .filter(plugin -> plugin.error() == null)
                    .forEach(plugin -> convert(plugin, loader, camel));
        }
    }

    /** Camel has looked for converters before anybody can name a class loader to it. */
    private static void convert(Plugin plugin, ClassLoader loader, CamelContext camel) {
        for (String name : plugin.services().converters()) {
            try {
                Class<?> type = Class.forName(name, true, loader);
                if (type.getClassLoader() == loader) {
                    ((TypeConverterLoader) type.getDeclaredConstructor().newInstance())
                            .load(camel.getTypeConverterRegistry());
                }
            } catch (Exception | LinkageError e) {
                LOG.warn("The plugin {} has a type converter that cannot be used: {}", plugin.file(), name, e);
            }
        }
    }
}
