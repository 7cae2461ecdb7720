package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection.
 *
 * @param key          the field that gets the delivery's id
 * @param alternateKey whether the key is an alternate one, which an address has to name
 * @param csrf         whether a token against forgery is fetched when the service asks for one
 * @param batch        whether the service understands batches
 * @param companyDb    the company of SAP Business One whose session is used; null for services without
 */
record ODataSettings(
        ServiceUrl service,
        String entitySet,
        String key,
        boolean alternateKey,
        Mode mode,
        boolean csrf,
        boolean batch,
        @Nullable String companyDb) {

    enum Mode {
        /** A POST; the key is the record's own, so a repeat is a duplicate. */
        CREATE,
        /** A PATCH of the key, which makes what is not there. */
        UPSERT,
        /** A POST, after a look for a record whose field has the id: for services that number records themselves. */
        FIND_CREATE
    }

    static ODataSettings of(String serviceRoot, JsonNode properties) {
        JsonNode companyDb = properties.path("companyDb");
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
                companyDb.isTextual() && !companyDb.textValue().isBlank() ? companyDb.textValue() : null);
    }

    /** Returns the address of the entity set. */
    URI set() {
        return service.at(entitySet());
    }

    /** Returns the path of the record with that key, below the service's root. */
    String path(String id) {
        return entitySet + "(" + (alternateKey ? key + "=" : "") + literal(id) + ")";
    }

    /** Returns the address at which a record is looked for, with as little of it as the service can answer. */
    URI search(String id) {
        return mode == Mode.FIND_CREATE
                ? service.at(entitySet, "$filter=" + key + "%20eq%20" + literal(id) + "&$top=1")
                : service.at(path(id), "$select=" + key);
    }

    /** Writes a text as OData does in URLs, encoded. */
    private static String literal(String text) {
        return "'" + ServiceUrl.encoded(text.replace("'", "''")).replace("%27", "'") + "'";
    }
}
