package com.mobileapiconnect.bridge.plugin;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;

/** Offers a plugin's bean to Spring, which takes null for a bean that is not there. */
final class PluginFactory implements FactoryBean<Object> {

    private final PluginMaker maker;
    private final PluginBean bean;

    PluginFactory(PluginMaker maker, PluginBean bean) {
        this.maker = maker;
        this.bean = bean;
    }

    @Override
    public @Nullable Object getObject() throws Exception {
        return maker.get(bean);
    }

    @Override
    public Class<?> getObjectType() {
        return bean.type();
    }

    /** Spring must not keep the bean: its plugin may be left aside because of another one. */
    @Override
    public boolean isSingleton() {
        return false;
    }
}
