package com.mobileapiconnect.bridge.route;

import java.util.Map;
import java.util.Set;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;

/**
 * The beans that go before the bridge's own in a {@link Scratch}: those that its caller gave, and a stub for each of the
 * bridge's components.
 */
record ScratchBeans(BeanRepository bridge, Map<String, ?> given, Outside outside) implements BeanRepository {

    @Override
    public @Nullable Object lookupByName(String name) {
        Object bean = given.get(name);
        return bean == null && bridge.lookupByName(name) instanceof Component ? Stubs.of(name, outside) : bean;
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
