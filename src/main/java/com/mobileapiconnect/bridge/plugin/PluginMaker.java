package com.mobileapiconnect.bridge.plugin;

import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * Makes the beans of a plugin, all of them or none: half a connector would keep the bridge from starting. The first that
 * is asked for has all of them made.
 */
final class PluginMaker {

    private static final Logger LOG = LoggerFactory.getLogger(PluginMaker.class);

    private final Plugin plugin;
    private final AutowireCapableBeanFactory factory;
    private final Function<Plugin, Set<String>> othersConnectors;

    // all guarded by this
    private final Map<String, Object> made = new LinkedHashMap<>();
    private boolean isMaking;
    private boolean isDone;

    /** @param othersConnectors returns the names of the connectors that the bridge and other plugins have */
    PluginMaker(Plugin plugin, AutowireCapableBeanFactory factory, Function<Plugin, Set<String>> othersConnectors) {
        this.plugin = plugin;
        this.factory = factory;
        this.othersConnectors = othersConnectors;
    }

    /** Returns null if the plugin is left aside. */
    synchronized @Nullable Object get(PluginBean bean) throws Exception {
        if (isMaking) {
            return one(bean); // another bean of the same plugin asks for it
        }
        makeAll();
        return made.get(bean.name());
    }

    synchronized void makeAll() {
        if (isDone) {
            return;
        }
        isMaking = true;
        try {
            for (PluginBean bean : plugin.beans()) {
                one(bean);
            }
            requireWholeConnectors();
        } catch (BrokenPluginException e) {
            leaveAside(String.valueOf(e.getMessage()), null);
        } catch (Throwable e) { // of somebody else's code, which may throw anything
            leaveAside("its beans cannot be made: " + BrokenPluginException.words(e), e);
        } finally {
            isMaking = false;
            isDone = true;
        }
    }

    private Object one(PluginBean bean) throws Exception {
        Object known = made.get(bean.name());
        if (known == null) {
            known = bean.make(factory);
            made.put(bean.name(), known);
        }
        return known;
    }

    private void requireWholeConnectors() throws BrokenPluginException {
        List<String> connectors = all(Connector.class, Connector::name);
        List<String> senders = all(Sender.class, Sender::connector);
        Set<String> others = othersConnectors.apply(plugin);
        for (String name : connectors) {
            if (others.contains(name)) {
                throw new BrokenPluginException("there is a connector " + name + " already");
            }
        }
        if (!connectors.equals(senders)) {
            throw new BrokenPluginException(
                    "each of its connectors needs one sender of the same name: it has the connectors " + connectors
                            + " and senders for " + senders);
        }
    }

    private <T> List<String> all(Class<T> type, Function<T, String> name) {
        return made.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(name)
                .sorted()
                .toList();
    }

    /** Returns the names of the connectors that the plugin has brought. */
    synchronized Set<String> connectors() {
        return all(Connector.class, Connector::name).stream().collect(Collectors.toCollection(TreeSet::new));
    }

    private void leaveAside(String why, @Nullable Throwable e) {
        plugin.leaveAside(why);
        LOG.warn("The plugin {} is left aside: {}", plugin.file(), why, e);
        end(made.values());
        made.clear();
    }

    synchronized void close() {
        end(made.values());
        made.clear();
    }

    private void end(Collection<Object> beans) {
        for (Object bean : beans) {
            try {
                factory.destroyBean(bean);
                if (bean instanceof AutoCloseable open) {
                    open.close();
                }
            } catch (Exception e) {
                LOG.warn("A bean of the plugin {} did not close", plugin.file(), e);
            }
        }
    }
}
