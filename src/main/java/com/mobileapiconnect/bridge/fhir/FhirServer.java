package com.mobileapiconnect.bridge.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests to a FHIR server, and the reading of its answers. The delivery's id is an identifier of the record, because
 * ids of resources take other characters, and are the server's own.
 *
 * @param base   without a slash at its end
 * @param system the namespace of the identifier
 */
record FhirServer(String base, String system) {

    static final String TYPE = "Communication";
    private static final String JSON_TYPE = "application/fhir+json";
    private static final Map<String, String> ACCEPT = Map.of("Accept", JSON_TYPE);
    /** The id at the end of a record's place, before its version. */
    private static final Pattern ID = Pattern.compile("/" + TYPE + "/([A-Za-z0-9.\\-]{1,64})(?:/_history/.*)?$");

    static FhirServer of(ErpConnection connection) {
        return new FhirServer(connection.root(), connection.text("system", ""));
    }

    String place() {
        return String.valueOf(URI.create(base).getRawAuthority());
    }

    /** Returns the request that makes the record, and makes none where a server knows conditions and has it already. */
    HttpRequest creation(ErpWrite write) {
        ObjectNode record = record(write);
        return HttpRequest.of(
                Method.POST,
                URI.create(base + "/" + TYPE),
                Map.of(
                        "Accept",
                        JSON_TYPE,
                        "If-None-Exist",
                        "identifier=" + token(write.key()),
                        "Prefer",
                        "return=minimal"),
                new Body(JSON_TYPE, record.toString()));
    }

    ObjectNode record(ErpWrite write) {
        ObjectNode record = write.fields().deepCopy().put("resourceType", TYPE);
        record.withArray("/identifier").addObject().put("system", system).put("value", write.key());
        return record;
    }

    HttpRequest search(String key) {
        return HttpRequest.get(
                URI.create(base + "/" + TYPE + "?identifier=" + token(key) + "&_elements=id,identifier&_count=20"),
                ACCEPT);
    }

    HttpRequest capabilities() {
        return HttpRequest.get(URI.create(base + "/metadata"), ACCEPT);
    }

    private String token(String key) {
        return URLEncoder.encode(system + "|" + key, StandardCharsets.UTF_8);
    }

    /** Returns the record that an answer to a POST names; null if it names none. */
    @Nullable ExternalRecord made(Answered answer) {
        String location = answer.header("location");
        Matcher id = ID.matcher(location == null ? "" : location.strip());
        return id.find() ? at(id.group(1)) : null;
    }

    private ExternalRecord at(String id) {
        return new ExternalRecord(id, base + "/" + TYPE + "/" + id);
    }

    /** Returns the record with that key that a search found; null for none. */
    @Nullable ExternalRecord found(JsonNode bundle, String key) {
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (isRecord(resource) && has(resource, key)) {
                return at(resource.path("id").asText());
            }
        }
        return null;
    }

    /** Returns whether a search found any record: others than that of the key are of a server that did not search. */
    static boolean hasRecords(JsonNode bundle) {
        for (JsonNode entry : bundle.path("entry")) {
            if (isRecord(entry.path("resource"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRecord(JsonNode resource) {
        return resource.path("resourceType").asText().equals(TYPE);
    }

    private boolean has(JsonNode resource, String key) {
        for (JsonNode each : resource.path("identifier")) {
            if (each.path("system").asText().equals(system)
                    && each.path("value").asText().equals(key)) {
                return true;
            }
        }
        return false;
    }
}
