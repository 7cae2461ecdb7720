package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.GatewayFiles;
import com.mobileapiconnect.bridge.gateway.MappedGateway;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The phone apps that are files: {@code <app>-inbound-action.kamelet.yaml}, whose template is the one step {@code phone:read}.
 * Its mapping is read from the file, and no route runs for an SMS.
 */
@Component
class InboundKamelets implements GatewayFiles {

    private static final String SUFFIX = "-inbound-action";
    private static final JsonMapper JSON = new JsonMapper();

    private final Kamelets kamelets;
    private final Clock clock;
    /** Gateways by the name of their file; another text of a file is another gateway. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Kamelet file, Gateway.Receiving gateway) {}

    InboundKamelets(Kamelets kamelets, Clock clock) {
        this.kamelets = kamelets;
        this.clock = clock;
    }

    @Override
    public Optional<Gateway.Receiving> find(String name) {
        return kamelets.named(name + SUFFIX)
                .flatMap(file -> mapping(file).map(mapping -> gateway(file, name, mapping)));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Kamelet file : kamelets.kamelets()) {
            if (file.name().endsWith(SUFFIX) && mapping(file).isPresent()) {
                names.add(file.name().substring(0, file.name().length() - SUFFIX.length()));
            }
        }
        return names;
    }

    private Gateway.Receiving gateway(Kamelet file, String name, String mapping) {
        Known before = known.get(file.name());
        if (before != null && before.file() == file) {
            return before.gateway();
        }
        try {
            Gateway.Receiving gateway = MappedGateway.of(name, JSON.readTree(mapping), clock);
            known.put(file.name(), new Known(file, gateway));
            return gateway;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The mapping of " + file.name() + " was JSON when it was checked", e);
        }
    }

    /** Returns the mapping of a file that is an app's; empty for any other. */
    private static Optional<String> mapping(Kamelet file) {
        JsonNode steps = file.route().tree().at("/0/route/from/steps");
        JsonNode step = steps.path(0).path("to");
        boolean isApp = steps.size() == 1 && step.path("uri").asText().equals("phone:read");
        return isApp ? Optional.of(step.at("/parameters/mapping").asText()) : Optional.empty();
    }
}
