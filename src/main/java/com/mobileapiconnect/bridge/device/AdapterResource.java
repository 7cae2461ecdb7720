package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.util.Comparator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the phone apps and providers that a device can be paired with, those that are files too. */
@RestController
class AdapterResource {

    private final Gateways gateways;

    AdapterResource(Gateways gateways) {
        this.gateways = gateways;
    }

    /** @param sends whether SMS can be pushed to it, by a device's {@code transport} */
    record AdapterView(String name, boolean sends) {}

    @GetMapping("/v1/adapters")
    @OpenTo(Scope.DEVICES)
    Page<AdapterView> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(
                gateways.receiving().stream()
                        .map(name ->
                                new AdapterView(name, gateways.pushing(name).isPresent()))
                        .sorted(Comparator.comparing(AdapterView::name).reversed()),
                page,
                "adapters:",
                each -> "adapters:" + each.name());
    }
}
