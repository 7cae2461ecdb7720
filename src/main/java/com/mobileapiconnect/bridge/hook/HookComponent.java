package com.mobileapiconnect.bridge.hook;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** The Camel component {@code hook:}, with which a route of an integrator serves HTTP at {@code /hooks/name}. */
@Component("hook")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class HookComponent extends DefaultComponent {

    private final Hooks hooks;

    HookComponent(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new HookEndpoint(uri, this, HookOptions.of(remaining, parameters), hooks);
    }
}
