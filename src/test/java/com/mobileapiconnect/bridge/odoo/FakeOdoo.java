package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.ErpSuite;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as Odoo 19 does, or Odoo 14, as they were seen to. */
final class FakeOdoo implements Function<Got, Answer> {

    static final String KEY = "0a1b2c3d4e5f60718293";
    static final String LOGIN = "clerk@example.invalid";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    /** An error of Odoo: its status in JSON-2, its class and words. */
    record Error(int status, String name, String message) {}

    private final boolean isNew;
    /** The leads by their external ids, in their order. */
    final Map<String, Integer> ids = new ConcurrentHashMap<>();

    final Map<Integer, ObjectNode> leads = new ConcurrentHashMap<>();
    /** The methods that were called, in their order. */
    final List<String> called = new CopyOnWriteArrayList<>();

    private volatile BiFunction<String, JsonNode, @Nullable Object> instead = (method, arguments) -> null;

    private FakeOdoo(boolean isNew) {
        this.isNew = isNew;
    }

    static FakeOdoo of(int version) {
        return new FakeOdoo(version >= 19);
    }

    /** Answers methods otherwise: with an {@link Error}, an {@link Answer} or a result; null for the usual. */
    FakeOdoo but(BiFunction<String, JsonNode, @Nullable Object> otherwise) {
        instead = otherwise;
        return this;
    }

    long calls(String method) {
        return called.stream().filter(method::equals).count();
    }

    @Override
    public Answer apply(Got got) {
        JsonNode body = read(got.text());
        if (got.path().startsWith("/json/2/")) {
            return isNew ? json2(got, body) : ErpSuite.html(404);
        } else if (got.path().equals("/jsonrpc")) {
            return rpc(body.path("params"));
        }
        return ErpSuite.html(404);
    }

    private Answer json2(Got got, JsonNode body) {
        if (!got.header("X-Odoo-Database").equals("acme")) {
            return ErpSuite.html(404);
        } else if (!got.header("Authorization").equals("bearer " + KEY)) {
            called.add("refused");
            return json(
                    401,
                    error(new Error(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey"))
                            .put("debug", "t"));
        }
        String[] parts = got.path().split("/");
        ObjectNode named = (ObjectNode) body;
        assertZone(named.remove("context"));
        Object result = result(parts[3], parts[4], named);
        if (result instanceof Answer answer) {
            return answer;
        } else if (result instanceof Error error) {
            return json(error.status(), error(error).put("debug", "Traceback (most recent call last): \"secret\""));
        }
        return json(200, (JsonNode) result);
    }

    private static ObjectNode error(Error error) {
        ObjectNode body = NODES.objectNode().put("name", error.name()).put("message", error.message());
        body.putArray("arguments").add(error.message());
        body.putObject("context");
        return body;
    }

    private Answer rpc(JsonNode params) {
        JsonNode args = params.path("args");
        if (params.path("service").asText().equals("common")) {
            called.add("authenticate");
            boolean isRight =
                    args.path(1).asText().equals(LOGIN) && args.path(2).asText().equals(KEY);
            return isRight ? rpc("result", NODES.numberNode(2)) : rpc("result", NODES.booleanNode(false));
        }
        if (!args.path(2).asText().equals(KEY) || args.path(1).asInt() != 2) {
            return rpc(new Error(0, "odoo.exceptions.AccessDenied", "Access Denied"));
        }
        assertZone(args.at("/6/context"));
        String method = args.path(4).asText();
        ObjectNode named = NODES.objectNode();
        List<String> names =
                switch (method) {
                    case "load" -> List.of("fields", "data");
                    case "check_object_reference" -> List.of("module", "xml_id");
                    case "fields_get" -> List.of("allfields", "attributes");
                    case "default_get" -> List.of("fields_list");
                    default -> List.of("operation", "raise_exception");
                };
        for (int i = 0; i < args.path(5).size(); i++) {
            named.set(names.get(i), args.path(5).get(i));
        }
        Object result = result(args.path(3).asText(), method, named);
        if (result instanceof Answer answer) {
            return answer;
        }
        return result instanceof Error error ? rpc(error) : rpc("result", (JsonNode) result);
    }

    private static Answer rpc(Error error) {
        ObjectNode told = NODES.objectNode().put("code", 200).put("message", "Odoo Server Error");
        told.putObject("data")
                .put("name", error.name())
                .put("debug", "Traceback (most recent call last): \"secret\"")
                .put("message", error.message())
                .putArray("arguments")
                .add(error.message());
        return rpc("error", told);
    }

    private static Answer rpc(String member, JsonNode value) {
        return json(200, NODES.objectNode().put("jsonrpc", "2.0").put("id", 1).set(member, value));
    }

    private static void assertZone(JsonNode context) {
        if (!context.path("tz").asText().equals("UTC")) {
            throw new AssertionError("Times would be read in the zone of the user: " + context);
        }
    }

    private Object result(String model, String method, ObjectNode arguments) {
        called.add(method);
        Object other = instead.apply(method, arguments);
        if (other != null) {
            return other;
        } else if (!List.of("crm.lead", "ir.model.data").contains(model)) {
            return isNew
                    ? new Error(404, "werkzeug.exceptions.NotFound", "the model '" + model + "' does not exist")
                    : new Error(0, "odoo.exceptions.UserError", "Object " + model + " doesn't exist");
        }
        return switch (method) {
            case "fields_get" -> fields(arguments.path("allfields"));
            case "has_access", "check_access_rights" ->
                method.equals(isNew ? "has_access" : "check_access_rights")
                        ? NODES.booleanNode(true)
                        : new Error(500, "builtins.AttributeError", "no attribute " + method);
            case "default_get" -> NODES.objectNode().put("type", "lead");
            case "check_object_reference" -> reference(arguments.path("xml_id").asText());
            case "load" -> load(arguments);
            default -> new Error(404, "werkzeug.exceptions.NotFound", method);
        };
    }

    private ObjectNode fields(JsonNode wanted) {
        ObjectNode all = NODES.objectNode();
        field(all, "name", "char", true, false);
        field(all, "type", "selection", true, false);
        field(all, "phone", "char", false, false);
        field(all, "description", isNew ? "html" : "text", false, false);
        field(all, "date_open", "datetime", false, false);
        field(all, "date_deadline", "date", false, false);
        field(all, "team_id", "many2one", false, false);
        field(all, "expected_revenue", "monetary", false, false);
        field(all, "active", "boolean", false, false);
        field(all, "create_date", "datetime", false, true);
        if (!wanted.isEmpty()) {
            List<String> names =
                    JSON.convertValue(wanted, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
            all.retain(names);
        }
        return all;
    }

    private static void field(ObjectNode all, String name, String type, boolean required, boolean readOnly) {
        all.putObject(name)
                .put("type", type)
                .put("required", required)
                .put("readonly", readOnly)
                .putArray("depends");
    }

    private Object reference(String key) {
        Integer id = ids.get("bridge." + key);
        return id == null
                ? new Error(500, "builtins.ValueError", "External ID not found in the system: bridge." + key)
                : NODES.arrayNode().add("crm.lead").add(id);
    }

    private ObjectNode load(JsonNode arguments) {
        JsonNode fields = arguments.path("fields");
        JsonNode row = arguments.at("/data/0");
        ObjectNode lead = NODES.objectNode();
        for (int i = 0; i < fields.size(); i++) {
            if (!row.path(i).isTextual()) {
                throw new AssertionError("An import takes texts: " + row);
            }
            lead.set(fields.get(i).asText(), row.get(i));
        }
        int id = ids.computeIfAbsent(lead.path("id").asText(), any -> 6 + ids.size());
        leads.put(id, lead);
        ObjectNode loaded = NODES.objectNode();
        loaded.putArray("ids").add(id);
        loaded.putArray("messages");
        return loaded;
    }

    /** The answer of an import that failed. */
    static ObjectNode failed(String message) {
        ObjectNode failed = NODES.objectNode().put("ids", false);
        ArrayNode messages = failed.putArray("messages");
        messages.addObject()
                .put("type", "error")
                .put("message", message)
                .put("record", 0)
                .put("field", "name");
        return failed;
    }

    private static Answer json(int status, JsonNode body) {
        Map<String, String> headers = status == 401
                ? Map.of("Content-Type", "application/json; charset=utf-8", "WWW-Authenticate", "Bearer")
                : Map.of("Content-Type", "application/json; charset=utf-8");
        return new Answer(status, headers, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }
}
