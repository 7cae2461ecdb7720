package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * A site as its connection names it, and the requests to it.
 *
 * @param base    without a slash at its end
 * @param docType of the documents that are made
 * @param key     the field that gets the delivery's id
 * @param zone    of the site's times
 * @param token   the login: a key and its secret
 */
record FrappeServer(String base, String docType, String key, ZoneId zone, Redacted token) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static FrappeServer of(ErpConnection connection) {
        Redacted secret = connection.secret("apiSecret");
        return new FrappeServer(
                connection.root(),
                connection.text("docType", Meta.COMMUNICATION),
                connection.text("key", "bridge_id"),
                ZoneId.of(connection.text("zone", "UTC")),
                new Redacted(connection.text("apiKey", "") + ":" + (secret == null ? "" : secret.reveal())));
    }

    String place() {
        return String.valueOf(URI.create(base).getRawAuthority());
    }

    FrappeServer masked() {
        return new FrappeServer(base, docType, key, zone, new Redacted(Preview.MASK));
    }

    private Map<String, String> headers() {
        return Map.of("Accept", "application/json", "Authorization", "token " + token.reveal());
    }

    HttpRequest creation(ObjectNode document) {
        return HttpRequest.of(
                        HttpRequest.Method.POST, URI.create(resource()), headers(), Body.json(document.toString()))
                .withoutCredentials();
    }

    /** Asks for the documents with that id, which are one or none. */
    HttpRequest search(String id) {
        String filters = NODES.arrayNode()
                .add(NODES.arrayNode().add(key).add("=").add(id))
                .toString();
        String fields = NODES.arrayNode().add("name").add(key).toString();
        return get(resource() + "?filters=" + encoded(filters) + "&fields=" + encoded(fields) + "&limit_page_length=2");
    }

    /** Asks for the fields of the DocType, those that were added to it included. */
    HttpRequest meta() {
        return get(base + "/api/method/frappe.desk.form.load.getdoctype?doctype=" + encoded(docType));
    }

    HttpRequest user() {
        return get(base + "/api/method/frappe.auth.get_logged_user");
    }

    /** @param right {@code create} or {@code read} */
    HttpRequest permission(String right) {
        return get(base + "/api/method/frappe.client.has_permission?doctype=" + encoded(docType)
                + "&docname=&perm_type=" + right);
    }

    private HttpRequest get(String url) {
        return HttpRequest.get(URI.create(url), headers()).withoutCredentials();
    }

    private String resource() {
        return base + "/api/resource/" + encoded(docType);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a document, with the page that people see it on. */
    ExternalRecord document(String name) {
        String slug = docType.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new ExternalRecord(name, base + "/app/" + encoded(slug) + "/" + encoded(name));
    }
}
