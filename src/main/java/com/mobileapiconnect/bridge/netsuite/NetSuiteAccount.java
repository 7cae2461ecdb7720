package com.mobileapiconnect.bridge.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.XmlText;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests to an account, and the reading of its answers. The external id of a record is the delivery's id, which may
 * have letters, digits, underscores and hyphens (docs.oracle.com, "Using External IDs").
 *
 * @param base without a slash at its end
 * @param type of the records
 */
record NetSuiteAccount(String base, String type) {

    private static final String PATH = "/services/rest/record/v1/";
    private static final Pattern ID = Pattern.compile("/([0-9]{1,20})/?(?:\\?.*)?$");
    private static final Pattern CATALOGUE = Pattern.compile("/services/.*$");
    /** The pages of records, by their types in small letters; other types have pages that their ids alone do not find. */
    private static final Map<String, String> PAGES = Map.of(
            "phonecall", "/app/crm/calendar/call.nl?id=",
            "task", "/app/crm/calendar/task.nl?id=",
            "calendarevent", "/app/crm/calendar/event.nl?id=",
            "customer", "/app/common/entity/custjob.nl?id=",
            "lead", "/app/common/entity/custjob.nl?id=",
            "prospect", "/app/common/entity/custjob.nl?id=",
            "contact", "/app/common/entity/contact.nl?id=");

    static NetSuiteAccount of(ErpConnection connection) {
        String url = CATALOGUE.matcher(connection.root()).replaceFirst("");
        return new NetSuiteAccount(url, connection.text("type", "phonecall"));
    }

    String place() {
        return String.valueOf(URI.create(base).getRawAuthority());
    }

    URI at(String path) {
        return URI.create(base + PATH + path);
    }

    String tokenUrl() {
        return base + "/services/rest/auth/oauth2/v1/token";
    }

    /** Returns the request that makes the record, and would write over one that is there. */
    HttpRequest upsert(ErpWrite write) {
        return HttpRequest.of(
                        Method.PUT,
                        at(type + "/eid:" + write.key()),
                        Map.of("Accept", "application/json"),
                        Body.json(XmlText.of(write.fields()).toString()))
                .withoutCredentials();
    }

    HttpRequest search(String key) {
        return get(type + "/eid:" + key, "application/json");
    }

    HttpRequest schema() {
        return get("metadata-catalog/" + type, "application/schema+json");
    }

    private HttpRequest get(String path, String accept) {
        return HttpRequest.get(at(path), Map.of("Accept", accept)).withoutCredentials();
    }

    /** Returns the record that the answer to an upsert says it made. */
    ExternalRecord made(Answered answer, String key) {
        String location = answer.header("location");
        Matcher id = ID.matcher(location == null ? "" : location.strip());
        return id.find()
                ? record(id.group(1))
                : new ExternalRecord(key, at(type + "/eid:" + key).toString());
    }

    /** Returns the record with that external id out of an answer; null if it is another, or none. */
    @Nullable ExternalRecord found(JsonNode answer, String key) {
        String id = answer.path("id").asText();
        boolean isIt = answer.path("externalId").asText().equals(key);
        return isIt && !id.isEmpty() ? record(id) : null;
    }

    private ExternalRecord record(String id) {
        String page = PAGES.get(type.toLowerCase(Locale.ROOT));
        return new ExternalRecord(
                id,
                page == null
                        ? at(type + "/" + id).toString()
                        : base.replace(".suitetalk.api.netsuite.com", ".app.netsuite.com") + page + id);
    }
}
