package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Mapping.Signature;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A gateway that is a mapping and nothing else: it calls with JSON, a form or a query, and any 2xx will do. */
public final class MappedGateway implements Gateway.Signing {

    private final String name;
    private final Mapping mapping;
    private final Clock clock;

    MappedGateway(String name, Mapping mapping, Clock clock) {
        this.name = name;
        this.mapping = mapping;
        this.clock = clock;
    }

    /**
     * Makes one of a mapping as a device has it. Throws an {@link IllegalArgumentException} that says what is wrong with
     * it.
     */
    public static MappedGateway of(String name, JsonNode mapping, Clock clock) {
        List<Problem.FieldError> errors = new ArrayList<>();
        ObjectNode around = JsonNodeFactory.instance.objectNode();
        around.set("mapping", mapping);
        Mapping read = MappingFields.read(Fields.of(around, "", errors), "mapping");
        if (read == null || !errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.isEmpty()
                            ? "mapping must be given"
                            : errors.stream()
                                    .map(error -> error.field() + " " + error.message())
                                    .collect(Collectors.joining("; ")));
        }
        return new MappedGateway(name, read, clock);
    }

    @Override
    public String name() {
        return name;
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
    private Signature signature(GatewayRequest request) {
        Signature given = mapping.signature();
        return given != null ? given : MappedSignature.usual(request);
    }

    /** Reads only what is signed, if the device signs. */
    @Override
    public Received receive(GatewayRequest request) {
        Signature signature = request.device().signed() ? signature(request) : null;
        MappedFields fields = MappedFields.of(
                request,
                mapping,
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
