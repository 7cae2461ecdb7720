package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Odoo as its connection names it, and the requests to it.
 *
 * @param base  without a slash at its end
 * @param login null if it was not given, which JSON-2 does without
 * @param key   an API key or the password
 * @param only  the one way to call it; null to find out
 */
record OdooServer(
        String base,
        String database,
        @Nullable String login,
        Redacted key,
        String model,
        @Nullable Api only) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Times without an offset are meant so. */
    private static final String ZONE = "UTC";

    static OdooServer of(ErpConnection connection) {
        Redacted key = connection.secret("apiKey");
        return new OdooServer(
                connection.root(),
                connection.text("database", ""),
                connection.text("login"),
                key == null ? new Redacted("") : key,
                connection.text("model", "crm.lead"),
                switch (connection.text("api", "auto")) {
                    case "json-2" -> Api.JSON_2;
                    case "json-rpc" -> Api.JSON_RPC;
                    default -> null;
                });
    }

    String place() {
        return String.valueOf(URI.create(base).getRawAuthority());
    }

    OdooServer masked() {
        return new OdooServer(base, database, login, new Redacted(Preview.MASK), model, only);
    }

    /** Returns whether the key can be one of JSON-2, which travels in a header. */
    boolean hasKey() {
        return key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** @param uid of the login, in JSON-RPC */
    HttpRequest request(Api api, long uid, Method method) {
        return api == Api.JSON_2 ? named(method) : positional(uid, method);
    }

    private HttpRequest named(Method method) {
        ObjectNode body = method.arguments().deepCopy();
        body.putObject("context").put("tz", ZONE);
        return HttpRequest.of(
                        HttpRequest.Method.POST,
                        URI.create(base + "/json/2/" + method.model() + "/" + method.name()),
                        Map.of(
                                "Accept",
                                "application/json",
                                "Authorization",
                                "bearer " + key.reveal(),
                                "X-Odoo-Database",
                                database),
                        Body.json(body.toString()))
                .withoutCredentials();
    }

    private HttpRequest positional(long uid, Method method) {
        ArrayNode args = NODES.arrayNode()
                .add(database)
                .add(uid)
                .add(key.reveal())
                .add(method.model())
                .add(method.name());
        ArrayNode given = args.addArray();
        method.arguments().forEach(given::add);
        args.addObject().putObject("context").put("tz", ZONE);
        return rpc("object", "execute_kw", args);
    }

    /** Returns the request that asks for the login's number. */
    HttpRequest authentication() {
        ArrayNode args = NODES.arrayNode().add(database).add(login).add(key.reveal());
        args.addObject();
        return rpc("common", "authenticate", args);
    }

    private HttpRequest rpc(String service, String name, ArrayNode args) {
        ObjectNode body = NODES.objectNode()
                .put("jsonrpc", "2.0")
                .put("method", "call")
                .put("id", 1)
                .set(
                        "params",
                        NODES.objectNode()
                                .put("service", service)
                                .put("method", name)
                                .set("args", args));
        return HttpRequest.of(
                        HttpRequest.Method.POST,
                        URI.create(base + "/jsonrpc"),
                        Map.of("Accept", "application/json"),
                        Body.json(body.toString()))
                .withoutCredentials();
    }

    /** Returns a record, with the page that people see it on. */
    ExternalRecord record(Api api, long id) {
        String page = api == Api.JSON_2
                ? base + "/odoo/" + model + "/" + id
                : base + "/web#id=" + id + "&model=" + model + "&view_type=form";
        return new ExternalRecord(String.valueOf(id), page);
    }
}
