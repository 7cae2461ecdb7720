package com.mobileapiconnect.bridge.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's own limits in their column, and in the operator's requests. */
final class LimitsJson {

    private static final int MOST = 1_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private LimitsJson() {}

    static String write(Map<Limit, Integer> limits) {
        ObjectNode json = JSON.createObjectNode();
        limits.forEach((limit, number) -> json.put(limit.wireName(), number));
        return json.toString();
    }

    /** Leaves out limits that this version does not have. */
    static Map<Limit, Integer> read(String column) throws SQLException {
        try {
            JsonNode json = JSON.readTree(column);
            Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
            for (Limit limit : Limit.values()) {
                if (json.path(limit.wireName()).isInt()) {
                    limits.put(limit, json.get(limit.wireName()).intValue());
                }
            }
            return limits;
        } catch (JsonProcessingException e) {
            throw new SQLException("The limits of a tenant are not JSON", e);
        }
    }

    /** Reads {@code limits}: a number sets a limit, null takes back what was set, what is left out stays. */
    static Map<Limit, Integer> of(Fields fields, Map<Limit, Integer> old) {
        @Nullable Fields given = fields.object("limits");
        if (given == null) {
            return old;
        }
        given.allow(Arrays.stream(Limit.values()).map(WireName::wireName).toArray(String[]::new));
        Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
        limits.putAll(old);
        for (Limit limit : List.of(Limit.values())) {
            if (given.has(limit.wireName())) {
                Integer number = given.optionalInteger(limit.wireName(), 1, MOST);
                if (number == null) {
                    limits.remove(limit);
                } else {
                    limits.put(limit, number);
                }
            }
        }
        return limits;
    }
}
