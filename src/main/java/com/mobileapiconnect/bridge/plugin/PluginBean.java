package com.mobileapiconnect.bridge.plugin;

import java.beans.Introspector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * A bean that a plugin offers.
 *
 * @param type   what the bean is, as far as its declaration says
 * @param method returns it; null if it is an instance of its class
 */
record PluginBean(String name, Class<?> type, @Nullable Method method) {

    /** @throws BrokenPluginException if the annotation stands where it has no effect */
    static List<PluginBean> of(Class<?> owner) throws BrokenPluginException {
        List<PluginBean> beans = new ArrayList<>();
        BridgeBean ofClass = owner.getAnnotation(BridgeBean.class);
        if (ofClass != null) {
            if (owner.isInterface() || Modifier.isAbstract(owner.getModifiers())) {
                throw new BrokenPluginException("the bean " + owner.getName() + " is abstract");
            }
            String usual = Introspector.decapitalize(owner.getSimpleName());
            beans.add(new PluginBean(nameOr(ofClass, usual), owner, null));
        }
        for (Method method : owner.getDeclaredMethods()) {
            BridgeBean ofMethod = method.getAnnotation(BridgeBean.class);
            if (ofMethod != null) {
                if (!Modifier.isStatic(method.getModifiers()) || method.getParameterCount() > 0) {
                    throw new BrokenPluginException("the method " + owner.getName() + "." + method.getName()
                            + " makes a bean, so it has to be static and without parameters");
                }
                beans.add(new PluginBean(nameOr(ofMethod, method.getName()), method.getReturnType(), method));
            }
        }
        return beans;
    }

    private static String nameOr(BridgeBean annotation, String usual) {
        return annotation.value().isBlank() ? usual : annotation.value().strip();
    }

    /** Makes the bean; throws what its code throws. */
    Object make(AutowireCapableBeanFactory factory) throws Exception {
        Method by = method;
        if (by == null) {
            return factory.createBean(type);
        }
        by.setAccessible(true);
        try {
            Object bean = by.invoke(null);
            if (bean == null) {
                throw new BrokenPluginException("the bean " + name + " is null");
            }
            return bean;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
