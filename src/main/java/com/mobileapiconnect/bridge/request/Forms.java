package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.http.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes mapped fields as those of a form, or as values of a query. A list is the same name several times. */
final class Forms {

    private Forms() {}

    /** @throws IllegalArgumentException for a field that has fields itself */
    static String encode(JsonNode fields) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode value = field.getValue();
            if (value.isArray()) {
                value.forEach(each -> pairs.add(pair(field.getKey(), each)));
            } else {
                pairs.add(pair(field.getKey(), value));
            }
        }
        return String.join("&", pairs);
    }

    private static String pair(String name, JsonNode value) {
        if (value.isContainerNode()) {
            throw new IllegalArgumentException("The field " + name + " has fields itself, which a form cannot have");
        }
        return Form.encode(name) + "=" + Form.encode(value.isNull() ? "" : Xml.text(value));
    }
}
