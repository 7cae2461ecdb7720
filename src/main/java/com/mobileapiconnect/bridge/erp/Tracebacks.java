package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes out of an error's body what the system's own developers alone can use, and what may quote the message. */
public final class Tracebacks {

    /** Names of Odoo and of Frappe. */
    private static final List<String> NAMES = List.of("debug", "arguments", "exc", "exception", "traceback");

    private static final JsonMapper JSON = new JsonMapper();

    private Tracebacks() {}

    /** Returns the body of an error without tracebacks; null if that cannot be told. */
    public static @Nullable String without(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return body;
        }
        try {
            JsonNode json = JSON.readTree(body);
            strip(json);
            return json.toString();
        } catch (JacksonException e) {
            return null; // cut off in the midst of one
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(NAMES);
        }
        node.forEach(Tracebacks::strip);
    }
}
