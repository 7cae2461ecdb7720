package com.mobileapiconnect.bridge.connector;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.tenant.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the connectors that a connection can name. */
@RestController
class ConnectorResource {

    @GetMapping("/v1/connectors")
    Page<Connector> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(Connector.ALL.stream(), page, "", Connector::name);
    }
}
