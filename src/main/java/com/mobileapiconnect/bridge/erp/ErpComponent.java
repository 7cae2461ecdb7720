package com.mobileapiconnect.bridge.erp;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code erp:} for connectors. The URI {@code erp:<name>} gives a delivery to the {@link ErpSystem}
 * of that name, and has no options, because nothing of a connection is text of a URI.
 */
@Component("erp-component") // a database may be called erp
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class ErpComponent extends DefaultComponent {

    private final ErpSystems systems;
    private final ErpWrites writes;
    private final Batches batches;

    ErpComponent(ErpSystems systems, ErpWrites writes, Batches batches) {
        this.systems = systems;
        this.writes = writes;
        this.batches = batches;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException(
                    "erp:" + remaining + " takes no options: the system has the properties of the connection itself");
        }
        return new ErpEndpoint(uri, this, systems.named(remaining), writes, batches);
    }
}
