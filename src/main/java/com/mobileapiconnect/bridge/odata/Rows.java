package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows of Dataverse: their ids, and the pages on which people see them. */
final class Rows {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}id");
    /** Tables of activities share one column for the id. */
    private static final String ACTIVITY = "activityid";

    private Rows() {}

    /**
     * Returns the row that an answer has; null if it does not tell. An answer has the columns that were asked for, and the
     * id of the row.
     */
    static @Nullable ExternalRecord record(JsonNode row, ODataSettings settings) {
        for (Map.Entry<String, JsonNode> column : row.properties()) {
            String id = column.getValue().asText();
            if (NAME.matcher(column.getKey()).matches() && ID.matcher(id).matches()) {
                return new ExternalRecord(id, page(settings, column.getKey(), id));
            }
        }
        return null;
    }

    /** The address of a form, of which learn.microsoft.com tells ("Open apps, forms, views … with a URL"). */
    private static String page(ODataSettings settings, String column, String id) {
        String table = settings.table() != null ? settings.table() : table(column);
        String environment = settings.service().base().replaceFirst("/api/data/.*$", "");
        return table == null
                ? settings.service().at(settings.entitySet() + "(" + id + ")").toString()
                : environment + "/main.aspx?pagetype=entityrecord&etn=" + table + "&id=" + id;
    }

    private static @Nullable String table(String column) {
        return column.equals(ACTIVITY) ? null : column.substring(0, column.length() - 2);
    }
}
