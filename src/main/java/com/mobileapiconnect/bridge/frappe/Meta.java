package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that a site says of a DocType.
 *
 * @param isKnown whether the site has said them: some logins may not ask
 * @param naming  the rule by which documents are named
 */
record Meta(boolean isKnown, Map<String, Field> fields, String naming) {

    static final String COMMUNICATION = "Communication";

    /** The fields of a Communication whose kinds matter, for logins that may not ask. */
    static final Meta UNKNOWN = new Meta(
            false,
            Map.of(
                    "content",
                    new Field("Text Editor", false, false, false, ""),
                    "communication_date",
                    new Field("Datetime", false, false, false, "")),
            "");

    /**
     * @param type     as Frappe calls it
     * @param required whether it must be filled
     * @param standard what it gets if it is not given; empty for nothing
     */
    record Field(String type, boolean required, boolean readOnly, boolean unique, String standard) {}

    /** Returns null if the answer does not say what was asked. */
    static @Nullable Meta of(JsonNode json, String docType) {
        for (JsonNode doc : json.path("docs")) {
            if (doc.path("name").asText().equals(docType) && doc.path("fields").isArray()) {
                Map<String, Field> fields = new LinkedHashMap<>();
                doc.path("fields")
                        .forEach(field -> fields.put(field.path("fieldname").asText(), field(field)));
                return new Meta(true, fields, doc.path("autoname").asText());
            }
        }
        return null;
    }

    private static Field field(JsonNode field) {
        return new Field(
                field.path("fieldtype").asText(),
                field.path("reqd").asInt() == 1,
                field.path("read_only").asInt() == 1,
                field.path("unique").asInt() == 1,
                field.path("default").asText(""));
    }

    /** Returns why a repeat would be a second document, and what to change; null if it would not, as far as one knows. */
    @Nullable String keyFault(FrappeServer server) {
        Field field = fields.get(server.key());
        if (!isKnown) {
            return null;
        } else if (field == null) {
            return "The DocType " + server.docType() + " has no field " + server.key()
                    + ", by which a repeat is known. Add it with Customize Form, of the type Data and unique.";
        }
        return field.unique() || naming.equals("field:" + server.key())
                ? null
                : "The field " + server.key() + " of " + server.docType()
                        + " is not unique, so a repeat would be a second document. Make it unique with Customize Form.";
    }
}
