package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as a Frappe site does, as it was seen to. */
final class FakeFrappe implements Function<Got, Answer> {

    static final String KEY = "3f5c2a1b9d8e7f6";
    static final String SECRET = "9e8d7c6b5a4f3e2";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    /** The documents by their names. */
    final Map<String, ObjectNode> documents = new ConcurrentHashMap<>();
    /** The things that were asked for, in their order. */
    final List<String> called = new CopyOnWriteArrayList<>();

    private volatile BiFunction<String, Got, @Nullable Answer> instead = (call, got) -> null;
    private volatile boolean hasKey = true;
    private volatile boolean isUnique = true;
    private volatile String added = "";

    /** Answers calls otherwise, by their last word; null for the usual. */
    FakeFrappe but(BiFunction<String, Got, @Nullable Answer> otherwise) {
        instead = otherwise;
        return this;
    }

    FakeFrappe key(boolean isThere, boolean unique) {
        hasKey = isThere;
        isUnique = unique;
        return this;
    }

    /** Somebody adds a field to all DocTypes. */
    void added(String field) {
        added = field;
    }

    long calls(String call) {
        return called.stream().filter(call::equals).count();
    }

    @Override
    public Answer apply(Got got) {
        int query = got.path().indexOf('?');
        String path = query < 0 ? got.path() : got.path().substring(0, query);
        String call = path.startsWith("/api/method/")
                ? path.substring(path.lastIndexOf('.') + 1)
                : got.method().equals("POST") ? "create" : "search";
        called.add(call);
        if (!got.header("Authorization").equals("token " + KEY + ":" + SECRET)) {
            return error(401, "AuthenticationError", null);
        }
        Answer other = instead.apply(call, got);
        if (other != null) {
            return other;
        }
        String docType = decoded(path.substring(path.lastIndexOf('/') + 1));
        return switch (call) {
            case "get_logged_user" -> answer(NODES.objectNode().put("message", "clerk@example.invalid"));
            case "has_permission" ->
                answer(NODES.objectNode().set("message", NODES.objectNode().put("has_permission", true)));
            case "getdoctype" -> answer(docType(value(got.path(), "doctype")));
            case "create" -> create(docType, (ObjectNode) read(got.text()));
            default -> search(value(got.path(), "filters"));
        };
    }

    private ObjectNode docType(String name) {
        ObjectNode doc = NODES.objectNode().put("doctype", "DocType").put("name", name);
        doc.put("autoname", name.equals("Bridge SMS") ? "field:delivery_id" : "hash");
        ArrayNode fields = doc.putArray("fields");
        field(fields, "subject", "Small Text", true, false);
        field(fields, "communication_medium", "Select", false, false);
        field(fields, "sent_or_received", "Select", true, false).put("default", "Sent");
        field(fields, "status", "Select", true, false).put("default", "Linked");
        field(fields, "phone_no", "Data", false, false);
        field(fields, "content", "Text Editor", false, false);
        field(fields, "communication_date", "Datetime", false, false);
        field(fields, "due", "Date", false, false);
        field(fields, "amount", "Currency", false, false);
        field(fields, "seen", "Check", false, false);
        field(fields, "message_size", "Int", false, true);
        field(fields, "delivery_id", "Data", false, false);
        if (!added.isEmpty()) {
            field(fields, added, "Data", false, false);
        }
        if (hasKey) {
            field(fields, "bridge_id", "Data", false, false).put("unique", isUnique ? 1 : 0);
        }
        ObjectNode answer = NODES.objectNode();
        answer.putArray("docs").add(doc);
        answer.putObject("user_settings");
        return answer;
    }

    private static ObjectNode field(ArrayNode into, String name, String type, boolean required, boolean readOnly) {
        return into.addObject()
                .put("fieldname", name)
                .put("fieldtype", type)
                .put("reqd", required ? 1 : 0)
                .put("read_only", readOnly ? 1 : 0)
                .put("unique", 0);
    }

    private Answer create(String docType, ObjectNode document) {
        synchronized (documents) {
            boolean own = docType.equals("Bridge SMS");
            String key = own ? "delivery_id" : "bridge_id";
            String id = document.path(key).asText();
            if (own && documents.containsKey(id)) {
                return error(409, "DuplicateEntryError", "<strong>Bridge SMS</strong> " + id + " already exists");
            } else if (!own
                    && documents.values().stream()
                            .anyMatch(each -> each.path(key).asText().equals(id))) {
                return error(417, "UniqueValidationError", "<strong>Bridge ID</strong> must be unique");
            }
            String name = own ? id : "2gl8160id" + documents.size();
            documents.put(name, document);
            return answer(NODES.objectNode().set("data", document.deepCopy().put("name", name)));
        }
    }

    private Answer search(String filters) {
        JsonNode filter = read(filters).path(0);
        ArrayNode found = NODES.arrayNode();
        documents.forEach((name, document) -> {
            if (document.path(filter.path(0).asText())
                    .asText()
                    .equals(filter.path(2).asText())) {
                found.addObject()
                        .put("name", name)
                        .put(filter.path(0).asText(), filter.path(2).asText());
            }
        });
        return answer(NODES.objectNode().set("data", found));
    }

    /** An error with its traceback, and its words as JSON in a text, twice. */
    static Answer error(int status, String type, @Nullable String message) {
        return error(status, type, message, "Traceback (most recent call last):\n  File \"x.py\", line 1\nsecret");
    }

    static Answer error(int status, String type, @Nullable String message, String traceback) {
        ObjectNode body = NODES.objectNode();
        body.put(
                "exception",
                "frappe.exceptions." + type + ": "
                        + traceback.lines().findFirst().orElse(""));
        body.put("exc_type", type);
        body.put("exc", NODES.arrayNode().add(traceback).toString());
        if (message != null) {
            String inner = NODES.objectNode()
                    .put("message", message)
                    .put("indicator", "red")
                    .toString();
            body.put("_server_messages", NODES.arrayNode().add(inner).toString());
        }
        return json(status, body);
    }

    private static Answer answer(JsonNode body) {
        return json(200, body);
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String value(String path, String name) {
        for (String pair : path.substring(path.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return decoded(pair.substring(name.length() + 1));
            }
        }
        throw new AssertionError(path + " has no " + name);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }
}
