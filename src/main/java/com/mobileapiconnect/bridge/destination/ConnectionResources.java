package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.resource.ResourceKind;
import com.mobileapiconnect.bridge.resource.ResourceUse;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The resources that connections name. A connector says which it needs; the property of that name has the name of one that
 * the operator has opened to the tenant.
 */
@Component
class ConnectionResources implements ResourceUse {

    private final Targets targets;
    private final Connectors connectors;
    private final Resources resources;

    ConnectionResources(Targets targets, Connectors connectors, Resources resources) {
        this.targets = targets;
        this.connectors = connectors;
        this.resources = resources;
    }

    private static List<ResourceKind> needed(Connector connector) {
        return Arrays.stream(ResourceKind.values())
                .filter(kind -> connector.needs().contains(kind.property()))
                .toList();
    }

    private static JsonNode named(Target target, ResourceKind kind) {
        return target.properties().plain().path(kind.property());
    }

    /** Refuses names of resources that the tenant may not use. */
    void check(Fields fields, Connector connector, Target target) {
        for (ResourceKind kind : needed(connector)) {
            JsonNode name = named(target, kind);
            if (name.isTextual()
                    && resources
                            .usable(target.tenantId(), name.textValue(), kind)
                            .isEmpty()) {
                List<String> usable = resources.names(target.tenantId(), kind);
                fields.wrong(
                        "properties." + kind.property(),
                        "must be the name of a " + kind.wireName() + " that the operator has opened to you"
                                + (usable.isEmpty() ? "; there is none" : ": " + String.join(", ", usable)));
            }
        }
    }

    /**
     * Refuses to store a connection whose resource has gone, or was closed to its tenant, since it was read. Only in the
     * unit that stores it can this be known: the operator's change looks for connections in a unit, too.
     *
     * @param place of the connection's fields in the request, before their names
     */
    void require(Transaction tx, Target target, String place) {
        Connector connector = connectors.offered(target.connector()).orElse(null);
        if (connector == null) {
            return;
        }
        for (ResourceKind kind : needed(connector)) {
            JsonNode name = named(target, kind);
            if (name.isTextual() && !resources.isUsable(tx, target.tenantId(), name.textValue(), kind)) {
                throw Problem.invalid(
                        place + "properties." + kind.property(),
                        "must be the name of a " + kind.wireName() + " that the operator has opened to you; "
                                + name.textValue() + " is none any more, since a moment ago");
            }
        }
    }

    @Override
    public List<Use> of(Transaction tx, String resource) {
        return targets.connections(tx, target -> names(target, resource)).stream()
                .map(target -> new Use(target.tenantId(), target.id()))
                .toList();
    }

    private boolean names(Target target, String resource) {
        // A file of a connector may be broken or gone for a while: its connections count by what they name.
        List<ResourceKind> kinds = connectors
                .offered(target.connector())
                .map(ConnectionResources::needed)
                .orElseGet(() -> List.of(ResourceKind.values()));
        return kinds.stream()
                .anyMatch(kind -> resource.equals(named(target, kind).textValue()));
    }
}
