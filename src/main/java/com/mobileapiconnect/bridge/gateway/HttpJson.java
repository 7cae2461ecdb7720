package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Any other app that calls a URL with JSON, a form or a query: the device's mapping says where the fields stand. Without a
 * mapping they have the names of the bridge's own JSON.
 */
@Component
class HttpJson implements Gateway.Signing {

    private final MappedGateway usual;
    private final Clock clock;

    HttpJson(Clock clock) {
        this.usual = new MappedGateway(name(), Mapping.USUAL, clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "http-json";
    }

    @Override
    public Set<String> methods() {
        return usual.methods();
    }

    private MappedGateway of(GatewayRequest request) {
        Mapping mapping = request.device().app().mapping();
        return mapping == null ? usual : new MappedGateway(name(), mapping, clock);
    }

    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        return of(request).flaw(request, key);
    }

    @Override
    public Received receive(GatewayRequest request) {
        return of(request).receive(request);
    }

    @Override
    public GatewayAnswer receipt(Received received) {
        return usual.receipt(received);
    }
}
