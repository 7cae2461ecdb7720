package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.XmlText;
import java.util.Map;

/** The ways of services beyond what OData says. */
enum Dialect {
    PLAIN(Map.of()) {
        @Override
        ObjectNode texts(ObjectNode record) {
            return record.deepCopy();
        }
    },
    /**
     * Microsoft Dataverse. A PATCH of an alternate key on the condition that there is none makes a row or is answered with
     * 412 (learn.microsoft.com, "Perform conditional operations using the Web API"). The answer names the row by that key
     * alone, so its id is asked for (the same, "Use Upsert to Create or Update a record").
     */
    DATAVERSE(Map.of("OData-Version", "4.0", "OData-MaxVersion", "4.0")),
    /** Dynamics 365 Finance and Operations. The key of an entity has the company for its first part. */
    OPERATIONS(Map.of());

    /** The field of an entity's company. */
    static final String COMPANY = "dataAreaId";

    private final Map<String, String> headers;

    Dialect(Map<String, String> headers) {
        this.headers = headers;
    }

    /** Returns the headers that go along with every call. */
    Map<String, String> headers() {
        return headers;
    }

    /** Returns a copy of the mapped fields with the texts that the service can take. */
    ObjectNode texts(ObjectNode record) {
        return XmlText.of(record);
    }
}
