package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.plugin.PluginsInCamel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes Camel contexts for routes, one for each version of a file: a route that never ends starting then holds up no
 * other, and nothing is left of one that has stopped. Each has the bridge's beans and settings.
 */
@Component
class RouteContexts {

    /** The setting by which Camel's management counts what goes through each step. */
    private static final String COUNTS = "camel.main.jmx-enabled";

    /** Camel's own switch for what Spring's switch says of all other threads; a Java before 21 has none of them. */
    private static final String VIRTUAL = "camel.threads.virtual.enabled";

    private static final int VIRTUAL_SINCE = 21;

    private final ApplicationContext spring;
    private final Environment environment;

    private final PluginsInCamel plugins;

    /**
     * Camel's executor leaves a value in each thread that has run it, for as long as the thread lives. So the versions
     * of a file share theirs: otherwise each edit would leave something in each of the bridge's threads for good.
     */
    private final Map<String, ReactiveExecutor> executors = new ConcurrentHashMap<>();

    private @Nullable CamelContext catalogue;

    RouteContexts(ApplicationContext spring, Environment environment, PluginsInCamel plugins) {
        this.spring = spring;
        this.environment = environment;
        this.plugins = plugins;
        if (Runtime.version().feature() >= VIRTUAL_SINCE
                && System.getProperty(VIRTUAL) == null
                && environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)) {
            System.setProperty(VIRTUAL, "true");
        }
    }

    /** Makes an empty context, not started, for a version of the file of this name. */
    DefaultCamelContext version(String name) {
        return sharing(name, make(name));
    }

    /** Makes an empty context, not started, for a connection's route: they share an executor, all of them. */
    DefaultCamelContext instance(String name, BeanRepository beans) {
        return sharing("", make(name, beans));
    }

    private DefaultCamelContext sharing(String with, DefaultCamelContext camel) {
        camel.getCamelContextExtension()
                .setReactiveExecutor(executors.computeIfAbsent(with, any -> new DefaultReactiveExecutor()));
        return camel;
    }

    /**
     * Makes an empty context that is not started.
     *
     * @param beans go before the bridge's own
     */
    DefaultCamelContext make(String name, BeanRepository... beans) {
        DefaultRegistry registry = new DefaultRegistry(beans);
        registry.addBeanRepository(beans());
        DefaultCamelContext camel = new DefaultCamelContext(registry);
        if (!environment.getProperty(COUNTS, Boolean.class, false)) {
            camel.disableJMX();
        }
        camel.setNameStrategy(new ExplicitCamelContextNameStrategy(name));
        camel.setAutowiredEnabled(false); // nothing is used that the text does not name
        camel.setStreamCaching(false);
        camel.setMessageHistory(false);
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        PropertiesComponent properties = new PropertiesComponent();
        properties.addPropertiesSource(new Settings(environment));
        camel.setPropertiesComponent(properties);
        camel.getCamelContextExtension().addContextPlugin(ResourceLoader.class, new ClassPathAlone(camel));
        BeansBesideDatabases.findIn(camel);
        plugins.configure(camel);
        return camel;
    }

    /** Returns the context that is asked what there is, and runs nothing; made when it is first asked. */
    synchronized CamelContext catalogue() {
        CamelContext known = catalogue;
        if (known == null) {
            known = make("catalogue");
            catalogue = known;
        }
        return known;
    }

    /** Returns the bridge's own beans. */
    BeanRepository beans() {
        return new ApplicationContextBeanRepository(spring);
    }

    /** Loads texts: the first one has what is for every route. */
    static void load(CamelContext camel, RouteText... texts) throws Exception {
        List<Resource> resources = List.of(texts).stream()
                .map(text -> ResourceHelper.fromString(text.name() + RouteFolder.SUFFIX, text.text()))
                .toList();
        // All together: configuration for every route has to be known before the first route is made.
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
    }

    /** The bridge's settings, for placeholders. */
    private record Settings(Environment environment) implements PropertiesSource {

        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public String getProperty(String name) {
            return environment.getProperty(name);
        }
    }
}
