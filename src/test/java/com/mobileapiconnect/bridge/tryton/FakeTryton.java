package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as Tryton 8.2 does, or 6.0, to the letter: TrytonIT is where the answers were seen. */
final class FakeTryton implements AutoCloseable {

    static final String USER = "bridge";
    static final String PASSWORD = "open-sesame";

    static final String FIELDS = """
            {"name":{"type":"char","required":false,"readonly":false,"searchable":true},
             "code":{"type":"char","required":true,"readonly":false,"searchable":true},
             "active":{"type":"boolean","required":false,"readonly":false},
             "since":{"type":"date"},"seen":{"type":"timestamp"},"limit":{"type":"numeric"},"number":{"type":"integer"},
             "note":{"type":"text"},"kind":{"type":"selection","selection":[["a","A"],["b","B"]]},
             "lang":{"type":"many2one","relation":"ir.lang"},
             "full_name":{"type":"char","required":false,"readonly":true},
             "addresses":{"type":"one2many","relation":"party.address"}}""";

    private static final String ADDRESS = """
            {"street":{"type":"text","readonly":false},"city":{"type":"char","readonly":false},
             "party":{"type":"many2one","relation":"party.party","required":true}}""";

    private static final JsonMapper JSON = new JsonMapper();

    private final Receiver receiver = new Receiver();
    private final AtomicInteger logins = new AtomicInteger();
    private final List<ObjectNode> records = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile String path = "/demo/rpc/";
    private volatile String session = "";
    private volatile Function<Call, @Nullable Answer> first = call -> null;
    private volatile JsonNode fields = json(FIELDS);

    record Call(String method, JsonNode params, Got got) {

        boolean is(String name) {
            return method.endsWith("." + name);
        }
    }

    FakeTryton() {
        receiver.answering(this::answer);
    }

    String url() {
        return receiver.url("");
    }

    /** Answers as the older series does. */
    void isOlder() {
        path = "/demo/";
    }

    /** Answers some calls otherwise; null for as usual. */
    void answering(Function<Call, @Nullable Answer> some) {
        first = some;
    }

    void hasFields(String json) {
        fields = json(json);
    }

    /** Ends the session of everybody. */
    void forget() {
        session = "";
    }

    List<ObjectNode> records() {
        return records;
    }

    /** The methods that were called. */
    List<String> calls() {
        return calls;
    }

    List<Got> requests(String at) {
        return receiver.requests(at);
    }

    List<Got> requests() {
        return receiver.requests();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Answer html(int status, String title, String words) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                ("<!doctype html>\n<html lang=en>\n<title>" + status + " " + title + "</title>\n<h1>" + title
                                + "</h1>\n<p>" + words + "</p>\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    static Answer result(String json) {
        return said("{\"id\":1,\"result\":" + json + "}");
    }

    static Answer error(String json) {
        return said("{\"id\":1,\"error\":" + json + "}");
    }

    static Answer userError(String message) {
        return error("[\"UserError\",[" + JSON.getNodeFactory().textNode(message) + ",\"\",null]]");
    }

    private static Answer said(String json) {
        return new Answer(200, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    private Answer answer(Got got) {
        if (!got.path().equals(path)) {
            boolean known = got.path().startsWith("/demo/");
            return known
                    ? html(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
                    : html(404, "Not Found", "The requested URL was not found on the server.");
        }
        JsonNode json = json(got.text());
        Call call = new Call(json.path("method").asText(), json.path("params"), got);
        calls.add(call.method());
        Answer other = first.apply(call);
        if (other != null) {
            return other;
        } else if (call.is("login")) {
            return login(call.params());
        } else if (!got.header("Authorization").equals("Session " + base64(USER + ":1:" + session))) {
            return Answer.of(401, Map.of("WWW-Authenticate", "Basic realm=\"Tryton\""));
        }
        return switch (call.method().replaceFirst(".*\\.", "")) {
            case "create" -> create(call.params().at("/0/0"));
            case "search_read" -> found(call.params());
            case "fields_get" -> fields(call);
            case "get_access" ->
                result("{\"" + call.params().at("/0/0").asText()
                        + "\":{\"read\":true,\"write\":true,\"create\":true,\"delete\":true}}");
            case "default_get" -> result("{\"active\":true,\"lang\":null}");
            default -> html(403, "Forbidden", "You don&#39;t have the permission to access the requested resource.");
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer login(JsonNode params) {
        if (!params.at("/0").asText().equals(USER)
                || !params.at("/1/password").asText().equals(PASSWORD)) {
            return html(401, "Unauthorized", "The server could not verify that you are authorized.");
        }
        session = "c8504a0d9c433a0b65023384c88e2dca" + logins.incrementAndGet();
        return result("[1,\"" + session + "\"" + (path.endsWith("/rpc/") ? ",null]" : "]"));
    }

    int logins() {
        return logins.get();
    }

    private Answer fields(Call call) {
        JsonNode all = call.method().contains(".address.") ? json(ADDRESS) : fields;
        ObjectNode asked = JSON.createObjectNode();
        all.properties().forEach(each -> {
            boolean wanted = false;
            for (JsonNode name : call.params().path(0)) {
                wanted |= name.asText().equals(each.getKey());
            }
            if (wanted || call.params().path(0).isEmpty()) {
                asked.set(each.getKey(), each.getValue());
            }
        });
        return result(asked.toString());
    }

    private synchronized Answer create(JsonNode record) {
        for (Map.Entry<String, JsonNode> each : record.properties()) {
            if (!fields.has(each.getKey())) {
                return error("[\"'" + each.getKey() + "'\",\"\"]");
            } else if (each.getKey().equals("name") && each.getValue().asText().matches("(?s).*[\\t\\n\\r].*")) {
                return userError("The value \"" + each.getValue().asText()
                        + "\" for field \"Name\" contains some invalid chars \"'\\t','\\n','\\r'\".");
            }
        }
        if (records.stream().anyMatch(each -> each.path("code").equals(record.path("code")))) {
            return userError("The code on party must be unique.");
        }
        records.add((ObjectNode) record);
        return result("[" + records.size() + "]");
    }

    private Answer found(JsonNode params) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            String key = params.at("/0/0/0").asText();
            boolean seen = record.path("active").asBoolean(true)
                    || !params.at("/5/active_test").asBoolean(true);
            if (seen && record.path(key).equals(params.at("/0/0/2"))) {
                found.append(found.isEmpty() ? "" : ",")
                        .append("{\"id\":")
                        .append(i + 1)
                        .append(",\"")
                        .append(key)
                        .append("\":")
                        .append(record.path(key))
                        .append("}");
            }
        }
        return result("[" + found + "]");
    }

    @Override
    public void close() {
        receiver.close();
    }
}
