package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of connection, as the catalogue has it.
 *
 * @param needs the things that a connection must name; null if the catalogue does not say
 */
record Connector(
        String name,
        String title,
        String description,
        @Nullable List<String> needs,
        JsonNode properties) {

    static List<Connector> catalogue(Visit visit) {
        return visit.call(Call.get("/v1/connectors").with("limit", "500")).list(Connector.class);
    }

    static Connector named(Visit visit, String name) {
        return catalogue(visit).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Answer.Refused(new Answer(404, MissingNode.getInstance())));
    }

    boolean takesUrl() {
        return needs == null || needs.contains("outboundUrl");
    }
}
