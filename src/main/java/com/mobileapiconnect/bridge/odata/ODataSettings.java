package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection.
 *
 * @param key          the field that gets the delivery's id
 * @param alternateKey whether the key is an alternate one, which an address has to name
 * @param csrf         whether a token against forgery is fetched when the service asks for one
 * @param batch        whether the service understands batches
 * @param companyDb    the company of SAP Business One whose session is used; null for services without
 * @param company      the company in {@link Dialect#COMPANY} of the record; null for services without
 * @param table        the name by which the page of a record is found; null for none, or for what its id says
 */
record ODataSettings(
        ServiceUrl service,
        String entitySet,
        String key,
        boolean alternateKey,
        Mode mode,
        boolean csrf,
        boolean batch,
        @Nullable String companyDb,
        Dialect dialect,
        @Nullable String company,
        @Nullable String table) {

    private static final String ACCEPT = "application/json;odata.metadata=minimal";

    enum Mode {
        /** A POST; the key is the record's own, so a repeat is a duplicate. */
        CREATE,
        /** A PATCH of the key, which makes what is not there. */
        UPSERT,
        /** A PATCH of the key on the condition that there is none: a repeat changes nothing. */
        INSERT,
        /** A POST, after a look for a record whose field has the id: for services that number records themselves. */
        FIND_CREATE
    }

    static ODataSettings of(String serviceRoot, JsonNode properties) {
        return new ODataSettings(
                ServiceUrl.of(serviceRoot),
                properties.path("entitySet").asText(),
                properties.path("key").asText(),
                properties.path("alternateKey").asBoolean(false),
                Mode.valueOf(properties
                        .path("mode")
                        .asText("create")
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT)),
                !properties.path("csrf").asText("auto").equals("off"),
                properties.path("batch").asBoolean(false),
                text(properties, "companyDb"),
                Dialect.PLAIN,
                null,
                null);
    }

    /** @param url of an environment of Dataverse, with or without the path of its Web API */
    static ODataSettings dataverse(String url, JsonNode properties) {
        ServiceUrl given = ServiceUrl.of(url);
        return new ODataSettings(
                given.base().contains("/api/data/") ? given : given.below("api/data/v9.2"),
                properties.path("entitySet").asText(),
                properties.path("key").asText(),
                true,
                Mode.INSERT,
                false,
                false,
                null,
                Dialect.DATAVERSE,
                null,
                text(properties, "table"));
    }

    /** @param url of an environment of Finance and Operations, with or without the path of its data */
    static ODataSettings operations(String url, JsonNode properties) {
        ServiceUrl given = ServiceUrl.of(url);
        ServiceUrl data = given.base().endsWith("/data") ? given : given.below("data");
        return new ODataSettings(
                // without it the entities of the login's own company are all that there are
                data.with("cross-company=true"),
                properties.path("entitySet").asText(),
                properties.path("key").asText(),
                false,
                Mode.CREATE,
                false,
                false,
                null,
                Dialect.OPERATIONS,
                text(properties, "company"),
                null);
    }

    private static @Nullable String text(JsonNode properties, String name) {
        JsonNode value = properties.path(name);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }

    /** Returns whether a record is looked for by a field, among others, and not by its address. */
    boolean filters() {
        return mode == Mode.FIND_CREATE || dialect == Dialect.OPERATIONS;
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(dialect.headers());
        headers.put("Accept", ACCEPT);
        return headers;
    }

    /** Returns the address of the entity set. */
    URI set() {
        return service.at(entitySet());
    }

    /** Returns the path of the record with that key, below the service's root. */
    String path(String id) {
        String first = company == null ? "" : Dialect.COMPANY + "=" + literal(company) + ",";
        return entitySet + "(" + first + (alternateKey || company != null ? key + "=" : "") + literal(id) + ")";
    }

    /** Returns the address of the record with that key, of which no more comes back than the service has to tell. */
    URI narrow(String id) {
        return service.at(path(id), "$select=" + key);
    }

    /** Returns the address at which a record is looked for, with as little of it as the service can answer. */
    URI search(String id) {
        if (!filters()) {
            return narrow(id);
        }
        String ofCompany = company == null ? "" : Dialect.COMPANY + "%20eq%20" + literal(company) + "%20and%20";
        String selected = dialect == Dialect.OPERATIONS ? "&$select=" + key : "";
        return service.at(entitySet, "$filter=" + ofCompany + key + "%20eq%20" + literal(id) + "&$top=1" + selected);
    }

    /** Writes a text as OData does in URLs, encoded. */
    private static String literal(String text) {
        return "'" + ServiceUrl.encoded(text.replace("'", "''")).replace("%27", "'") + "'";
    }
}
