package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which record a delivery became. */
final class Records {

    /** The key at the end of an address; services do not always escape quotes in it. */
    private static final Pattern KEY = Pattern.compile("\\((.{1,500})\\)/?$");

    private static final List<String> ADDRESSES = List.of("@odata.id", "@id", "@odata.editLink", "@editLink");

    private Records() {}

    /** Returns the record of an answer to a creation, which says where the record lies, or else has the id for its key. */
    static @Nullable ExternalRecord made(Answered answer, ODataSettings settings, String id) {
        if (settings.dialect() == Dialect.DATAVERSE) {
            return row(Json.read(answer.body()), settings, id);
        }
        String location = answer.header("location");
        if (location == null) {
            location = answer.header("odata-entityid");
        }
        String url = location == null ? null : settings.service().resolved(location.strip());
        if (settings.dialect() == Dialect.OPERATIONS) {
            return ExternalRecord.of(id, url == null ? keyed(settings, id).url() : url);
        }
        String key = location == null ? null : key(location.strip());
        boolean ownNumber = settings.mode() == ODataSettings.Mode.FIND_CREATE || settings.alternateKey();
        if (ownNumber) {
            return ExternalRecord.of(key == null ? id : key, url);
        }
        return ExternalRecord.of(
                key == null ? id : key, url == null ? keyed(settings, id).url() : url);
    }

    /** Returns the record that was looked for. */
    static @Nullable ExternalRecord found(JsonNode entity, ODataSettings settings, String id) {
        if (settings.dialect() == Dialect.DATAVERSE) {
            return row(entity, settings, id);
        } else if (settings.dialect() == Dialect.OPERATIONS) {
            return keyed(settings, id);
        }
        for (String name : ADDRESSES) {
            if (entity.path(name).isTextual()) {
                ExternalRecord record = at(entity.path(name).textValue(), settings, id);
                if (record != null) {
                    return record;
                }
            }
        }
        return settings.mode() == ODataSettings.Mode.FIND_CREATE ? new ExternalRecord(id, null) : keyed(settings, id);
    }

    private static ExternalRecord row(JsonNode answer, ODataSettings settings, String id) {
        ExternalRecord row = Rows.record(answer, settings);
        return row == null ? keyed(settings, id) : row;
    }

    /** Returns the record that has the id for its key. */
    static ExternalRecord keyed(ODataSettings settings, String id) {
        return new ExternalRecord(id, settings.service().at(settings.path(id)).toString());
    }

    /** Returns the record that an address leads to; null if it is none. */
    private static @Nullable ExternalRecord at(String address, ODataSettings settings, String id) {
        String key = key(address);
        return ExternalRecord.of(key == null ? id : key, settings.service().resolved(address));
    }

    /** Returns the value of a single key, and a compound one as it is written. */
    private static @Nullable String key(String location) {
        Matcher found = KEY.matcher(location);
        if (!found.find()) {
            return null;
        }
        String key = found.group(1);
        boolean isText = key.length() > 1 && key.startsWith("'") && key.endsWith("'");
        return isText ? decoded(key.substring(1, key.length() - 1)).replace("''", "'") : decoded(key);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
