package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import com.mobileapiconnect.bridge.mapping.FieldText;
import com.mobileapiconnect.bridge.mapping.MessageNames;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses requests that could never be written, or from which a part would silently be left out. */
@Component
class RequestRules implements PropertyRules {

    @Override
    public String connector() {
        return "http-request";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        Method method = Method.valueOf(properties.path("method").asText("POST"));
        Written written = Written.named(properties.path("contentType").asText("json"));
        boolean hasFields = properties.has("fields");
        if (properties.has("body")) {
            body(properties.path("body").asText(), method, written, wrong);
            if (hasFields) {
                wrong.accept("fields", "would not be sent beside a body: give one of the two");
            }
        } else if (hasFields && written == Written.TEXT && method.hasBody()) {
            wrong.accept("fields", "cannot be written as text: give a body, or another contentType");
        } else if (hasFields) {
            fields(properties.path("fields"), method.hasBody() ? written : Written.FORM, wrong);
        }
    }

    private static void body(String body, Method method, Written written, BiConsumer<String, String> wrong) {
        if (!method.hasBody()) {
            wrong.accept(
                    "body", "would not be sent with " + method + ": give fields, which become values of the query");
            return;
        }
        try {
            RequestTemplate.check(FieldText.parse(body, "body", MessageNames.ALL), written);
        } catch (IllegalArgumentException e) {
            wrong.accept("body", String.valueOf(e.getMessage()).replaceFirst("^The body ", ""));
        }
    }

    private static void fields(JsonNode fields, Written written, BiConsumer<String, String> wrong) {
        try {
            written.of(shape(fields), "sms");
        } catch (IllegalArgumentException e) {
            wrong.accept("fields", "cannot be written so: " + e.getMessage());
        }
    }

    /** Returns fields of the same names and depth, with a text for each value. */
    private static JsonNode shape(JsonNode part) {
        if (part.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            part.forEach(each -> array.add(shape(each)));
            return array;
        } else if (!part.isObject() || part.has("value")) {
            return TextNode.valueOf("x");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        part.properties().forEach(each -> object.set(each.getKey(), shape(each.getValue())));
        return object;
    }
}
