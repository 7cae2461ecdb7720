package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Mapping.Signature;
import com.mobileapiconnect.bridge.message.Decoded;
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

    private final Clock clock;

    HttpJson(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "http-json";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST", "PUT");
    }

    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        return new MappedSignature(signature(request), request).flaw(key, clock.instant());
    }

    /** The usual signature is over the body, or over the query where there is none. */
    private static Signature signature(GatewayRequest request) {
        Signature given = mapping(request).signature();
        return given != null ? given : MappedSignature.usual(request);
    }

    private static Mapping mapping(GatewayRequest request) {
        Mapping mapping = request.device().app().mapping();
        return mapping == null ? Mapping.USUAL : mapping;
    }

    /** Reads only what is signed, if the device signs. */
    @Override
    public Received receive(GatewayRequest request) {
        Signature signature = request.device().signed() ? signature(request) : null;
        MappedFields fields = MappedFields.of(
                request,
                mapping(request),
                signature == null || signature.coversBody(),
                signature == null || signature.coversQuery());
        if (fields == null) {
            return new Received.Unparsed("The body begins like a JSON object and is none");
        }
        Decoded sim = fields.get("sim");
        Decoded to = fields.get("to");
        return Received.captured(
                fields.id(),
                fields.get("from"),
                to == null ? null : to.text(),
                fields.text(),
                SimSlot.of(sim == null ? null : sim.text()),
                fields.time(request.device().zone()));
    }

    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.TAKEN;
    }
}
