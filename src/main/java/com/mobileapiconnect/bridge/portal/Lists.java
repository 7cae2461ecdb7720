package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lists behind pages that show one of the API's as it is, as files. */
final class Lists {

    private Lists() {}

    /** @return null where the page shows no list */
    static @Nullable Csv<?> of(Place place, Visit visit) {
        if (place == Place.ACCOUNT && visit.parts() == 1 && visit.part(0).equals("opt-outs")) {
            return OptOutForms.table();
        } else if (visit.part(0).equals("log") && visit.parts() == 1) {
            return switch (place) {
                case SETTINGS -> ChangeLog.table(visit, "/v1/operator/audit", false);
                case ACCOUNT -> ChangeLog.table(visit, "/v1/audit", true);
                default -> null;
            };
        } else if (place == Place.SETTINGS
                && visit.parts() == 1
                && visit.part(0).equals("resources")) {
            return list("resources", "/v1/resources", "name kind url bootstrapServers path tenants connections");
        } else if (place == Place.SETTINGS
                && visit.parts() == 1
                && visit.part(0).equals("connectors")) {
            return list("connector-files", ShownConnectorFile.API, "file status at errors");
        } else if (visit.parts() > 1 || (visit.parts() == 1 && place != Place.PHONES)) {
            return null;
        } else if (visit.parts() == 1) {
            return fields(
                    Csv.of("outgoing", JsonNode.class, Call.get("/v1/outgoing").with("device", visit.part(0))),
                    "id to text ref status error createdAt updatedAt");
        }
        return switch (place) {
            case RULES -> list("rules", "/v1/rules", "id name enabled priority continue when then createdAt updatedAt");
            case CONNECTIONS ->
                list(
                        "connections",
                        "/v1/connections",
                        "id name connector outboundUrl enabled status statusReason concurrency ratePerSecond ordered");
            case PHONES ->
                list(
                        "phones",
                        "/v1/devices",
                        "id name number sims adapter outbox lastSeen silentSince heartbeat createdAt");
            case ROUTES -> list("routes", "/v1/routes", "name source status version updatedAt error");
            case TENANTS -> list("tenants", "/v1/tenants", "id name status allowedNetworks region createdAt");
            default -> null;
        };
    }

    private static Csv<JsonNode> list(String name, String path, String names) {
        return fields(Csv.of(name, JsonNode.class, Call.get(path)), names);
    }

    private static Csv<JsonNode> fields(Csv<JsonNode> csv, String names) {
        Csv<JsonNode> all = csv;
        for (String name : names.split(" ")) {
            Function<JsonNode, @Nullable Object> value = object -> text(object.path(name));
            all = all.with(name, value);
        }
        return all;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? ""
                : value.isContainerNode() ? value.toString() : value.asText();
    }
}
