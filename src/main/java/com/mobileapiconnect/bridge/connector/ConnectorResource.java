package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the connectors that a connection can name. */
@RestController
class ConnectorResource {

    private final Connectors connectors;

    ConnectorResource(Connectors connectors) {
        this.connectors = connectors;
    }

    record ConnectorView(
            String name, String title, String description, Kind kind, List<String> needs, JsonNode properties) {

        static ConnectorView of(Connector connector) {
            return new ConnectorView(
                    connector.name(),
                    connector.title(),
                    connector.description(),
                    connector.kind(),
                    connector.needs(),
                    connector.properties().json());
        }
    }

    @GetMapping("/v1/connectors")
    Page<ConnectorView> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(connectors.offered().stream(), page, "connectors:", each -> "connectors:" + each.name())
                .map(ConnectorView::of);
    }
}
