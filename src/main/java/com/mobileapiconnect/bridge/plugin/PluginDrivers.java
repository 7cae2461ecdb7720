package com.mobileapiconnect.bridge.plugin;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers JDBC drivers of plugins. {@link DriverManager} shows a driver only to classes that could load it themselves,
 * so each stands behind one of the bridge's own.
 */
final class PluginDrivers {

    private static final Logger LOG = LoggerFactory.getLogger(PluginDrivers.class);

    private final List<Driver> registered = new ArrayList<>();

    private static Driver behind(Driver driver) {
        return (Driver) Proxy.newProxyInstance(
                PluginDrivers.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** @throws BrokenPluginException if one of the drivers cannot be made; then none of them is registered */
    void register(PluginJar jar, ClassLoader loader) throws BrokenPluginException {
        List<Driver> made = new ArrayList<>();
        for (String name : jar.services().drivers()) {
            try {
                Class<?> type = Class.forName(name, true, loader);
                if (type.getClassLoader() == loader) { // otherwise it is one of the bridge's own
                    made.add(behind((Driver) type.getDeclaredConstructor().newInstance()));
                }
            } catch (Throwable e) { // of somebody else's code, which may throw anything
                throw new BrokenPluginException(
                        "its JDBC driver " + name + " cannot be made: " + BrokenPluginException.words(e));
            }
        }
        for (Driver driver : made) {
            try {
                DriverManager.registerDriver(driver);
                registered.add(driver);
            } catch (SQLException e) {
                throw new BrokenPluginException("its JDBC driver cannot be registered: " + e.getMessage());
            }
        }
    }

    void close() {
        for (Driver driver : registered) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                LOG.debug("A driver stays registered", e);
            }
        }
        registered.clear();
    }
}
