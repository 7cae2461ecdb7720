package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import org.jspecify.annotations.Nullable;

/** The payload, sent to one of the tenant's connections. */
final class ConnectionKind implements ActionKind<Action.Connection> {

    private static final String OWN_ID = "actionId";

    /** @param id the connection's id; the action's own is {@code actionId} */
    record View(String type, String id, String actionId) {}

    /** @param enabled also false for a deleted connection, for which nothing is made either */
    record Preview(
            String ruleId,
            String actionId,
            String type,
            String id,
            @Nullable String name,
            boolean enabled) {}

    @Override
    public String type() {
        return Action.Connection.TYPE;
    }

    @Override
    public Class<Action.Connection> actions() {
        return Action.Connection.class;
    }

    @Override
    public String idField() {
        return OWN_ID;
    }

    @Override
    public Action.@Nullable Connection read(ActionRequest request) {
        request.fields().allow("type", "id", OWN_ID, "name");
        String id = request.fields().text("id", 64);
        String found = id == null ? null : request.place().connections().apply(id);
        if (found == null) {
            request.fields().wrong("id", "must be the id of one of your connections, con_…");
        }
        return found == null ? null : new Action.Connection(request.id(), found);
    }

    @Override
    public Action.Connection stored(JsonNode json) {
        return new Action.Connection(json.path(OWN_ID).asText(), json.path("id").asText());
    }

    @Override
    public boolean isSame(Action.Connection connection, JsonNode json) {
        return json.path("id").asText().equals(connection.connectionId());
    }

    @Override
    public Record view(Action.Connection connection) {
        return new View(connection.type(), connection.connectionId(), connection.id());
    }

    @Override
    public Record preview(Decision.Planned planned, Action.Connection connection, Now now) {
        Target target = now.targets().find(connection.connectionId()).orElse(null);
        return new Preview(
                planned.ruleId(),
                connection.id(),
                connection.type(),
                connection.connectionId(),
                target == null ? null : target.name(),
                target != null && target.enabled());
    }
}
