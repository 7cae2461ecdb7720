package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates of several records in one call, as JSON (OData 4.01), without an atomicity group: in a group one bad record
 * undoes all others, while their answers still say that they were made.
 */
final class JsonBatch {

    private static final String JSON = "application/json";

    private JsonBatch() {}

    static HttpRequest of(ODataSettings settings, List<ErpWrite> writes) {
        ArrayNode requests = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < writes.size(); i++) {
            ObjectNode request = requests.addObject()
                    .put("id", Integer.toString(i))
                    .put("method", "POST")
                    .put("url", settings.entitySet());
            request.putObject("headers").put("content-type", JSON).put("prefer", "return=minimal");
            request.set("body", EntityWriter.entity(settings, writes.get(i)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().set("requests", requests);
        return HttpRequest.of(
                Method.POST,
                settings.service().at("$batch"),
                // without it a service may stop at the first bad one
                Map.of("Accept", JSON, "Prefer", "continue-on-error"),
                Body.json(Json.write(body)));
    }

    /** Tells what the service says to each of them. */
    static void answers(Answered whole, BatchAnswers into) {
        for (JsonNode response : Json.read(whole.body()).path("responses")) {
            into.add(
                    BatchAnswers.index(response.path("id").asText("")),
                    response.path("status").asInt(0),
                    headers(response),
                    text(response.path("body")));
        }
    }

    private static Map<String, String> headers(JsonNode response) {
        Map<String, String> headers = new HashMap<>();
        response.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.isMissingNode() ? "" : body.toString();
    }
}
