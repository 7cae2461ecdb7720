package com.mobileapiconnect.bridge.plugin;

import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.ProductFiles;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Finds all plugins before the first bean is made. The plugins share one class loader, a child of the bridge's, because a
 * component and what it needs are usually several jars. A broken one is named and left aside; the bridge starts.
 */
@Component
@EnableConfigurationProperties(PluginSettings.class)
class Plugins
        implements BeanDefinitionRegistryPostProcessor, EnvironmentAware, SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<Plugin> all = new ArrayList<>();
    private final Map<Plugin, PluginMaker> makers = new HashMap<>();
    private final PluginDrivers drivers = new PluginDrivers();
    private PluginSettings settings = new PluginSettings("");
    private @Nullable Path directory;
    private @Nullable URLClassLoader loader;
    private @Nullable DefaultListableBeanFactory beans;

    @Override
    public void setEnvironment(Environment environment) {
        // Not injected: records of settings are bound later than plugins are needed.
        settings = Binder.get(environment)
                .bind("bridge.plugins", PluginSettings.class)
                .orElse(settings);
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        PluginFiles files = PluginFiles.of(settings);
        if (!files.leftAside().isEmpty()) {
            LOG.warn(
                    "These are no plugins and are left aside: {}. A plugin's name ends in .jar, and it lies in the"
                            + " directory itself",
                    String.join(", ", files.leftAside()));
        }
        List<PluginJar> jars = read(files.jars());
        if (!jars.isEmpty()) {
            beans = (DefaultListableBeanFactory) registry;
            URLClassLoader own =
                    new URLClassLoader("plugins", urls(jars), getClass().getClassLoader());
            loader = own;
            jars.forEach(jar -> all.add(load(jar, own, registry)));
        }
        all.forEach(Plugins::report);
        directory = files.directory();
    }

    private static void report(Plugin plugin) {
        if (plugin.error() != null) {
            LOG.warn("The plugin {} is left aside: {}", plugin.file(), plugin.error());
        }
    }

    private List<PluginJar> read(List<Path> files) {
        List<PluginJar> jars = new ArrayList<>();
        Map<String, String> byName = new HashMap<>();
        for (Path file : files) {
            try {
                PluginJar jar = PluginJar.read(file);
                String first = byName.putIfAbsent(jar.version().name(), jar.file());
                if (first == null) {
                    jars.add(jar);
                } else {
                    all.add(Plugin.broken(
                            jar,
                            "its name, " + jar.version().name() + ", is that of " + first
                                    + " too; remove one of them"));
                }
            } catch (BrokenPluginException e) {
                all.add(Plugin.unreadable(file.getFileName().toString(), String.valueOf(e.getMessage())));
            }
        }
        return jars;
    }

    private static URL[] urls(List<PluginJar> jars) {
        return jars.stream()
                .map(jar -> {
                    try {
                        return jar.path().toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException("A file has a URL: " + jar.path(), e);
                    }
                })
                .toArray(URL[]::new);
    }

    private Plugin load(PluginJar jar, ClassLoader own, BeanDefinitionRegistry registry) {
        try {
            List<PluginBean> offered = new ArrayList<>();
            for (String name : jar.marked()) {
                offered.addAll(PluginBean.of(Class.forName(name, false, own)));
            }
            requireNewNames(offered, registry);
            drivers.register(jar, own);
            Plugin plugin = Plugin.of(jar, List.copyOf(offered));
            register(plugin, registry);
            return plugin;
        } catch (BrokenPluginException e) {
            return Plugin.broken(jar, String.valueOf(e.getMessage()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Plugin.broken(jar, BrokenPluginException.words(e));
        }
    }

    private static void requireNewNames(List<PluginBean> offered, BeanDefinitionRegistry registry)
            throws BrokenPluginException {
        Set<String> seen = new HashSet<>();
        for (PluginBean bean : offered) {
            if (!seen.add(bean.name()) || registry.isBeanNameInUse(bean.name())) {
                throw new BrokenPluginException("there is a bean " + bean.name() + " already");
            }
        }
    }

    private void register(Plugin plugin, BeanDefinitionRegistry registry) {
        PluginMaker maker = new PluginMaker(plugin, factory(), this::othersConnectors);
        makers.put(plugin, maker);
        for (PluginBean bean : plugin.beans()) {
            RootBeanDefinition definition = new RootBeanDefinition(PluginFactory.class);
            definition.setInstanceSupplier(() -> new PluginFactory(maker, bean));
            definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, bean.type());
            definition.setSynthetic(true);
            registry.registerBeanDefinition(bean.name(), definition);
        }
    }

    private DefaultListableBeanFactory factory() {
        if (beans == null) {
            throw new IllegalStateException("There are no plugins");
        }
        return beans;
    }

    private Set<String> othersConnectors(Plugin but) {
        Set<String> ofPlugins = all.stream()
                .flatMap(plugin -> plugin.beans().stream())
                .map(PluginBean::name)
                .collect(Collectors.toSet());
        Set<String> names = new TreeSet<>(ProductFiles.all().keySet());
        for (String bean : factory().getBeanNamesForType(Connector.class)) {
            if (!ofPlugins.contains(bean)) {
                names.add(factory().getBean(bean, Connector.class).name());
            }
        }
        makers.forEach((plugin, maker) -> {
            if (plugin != but) {
                names.addAll(maker.connectors());
            }
        });
        return names;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        // beans were defined before
    }

    /** Makes what nobody has asked for yet, so that a broken one is named now; takes back the names of what is broken. */
    @Override
    public void afterSingletonsInstantiated() {
        makers.values().forEach(PluginMaker::makeAll);
        for (Plugin plugin : all) {
            if (plugin.error() != null) {
                plugin.beans().forEach(bean -> factory().removeBeanDefinition(bean.name()));
            }
        }
        if (directory != null) {
            LOG.info("Plugins in {}, read at the start: {}", directory, used());
        }
    }

    private String used() {
        String names = all().stream()
                .filter(plugin -> plugin.error() == null)
                .map(plugin -> plugin.version().toString())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** Returns the loader of the plugins' classes, a child of the bridge's; null if there are none. */
    @Nullable ClassLoader loader() {
        return loader;
    }

    /** Returns all, in use or left aside, by the names of their files. */
    List<Plugin> all() {
        return all.stream()
                .sorted((one, other) -> one.file().compareTo(other.file()))
                .toList();
    }

    @Override
    public void destroy() throws IOException {
        makers.values().forEach(PluginMaker::close);
        drivers.close();
        if (loader != null) {
            loader.close();
        }
    }
}
