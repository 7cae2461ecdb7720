package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which record a delivery became. */
final class Records {

    /** The key at the end of an address; services do not always escape quotes in it. */
    private static final Pattern KEY = Pattern.compile("\\((.{1,500})\\)/?$");

    private Records() {}

    /** Returns the record of an answer to a POST, which says where the record lies, or else has the id for its key. */
    static @Nullable ExternalRecord made(Answered answer, ODataSettings settings, String id) {
        String location = answer.header("location");
        if (location == null) {
            location = answer.header("odata-entityid");
        }
        String url = location == null ? null : settings.service().resolved(location.strip());
        String key = location == null ? null : key(location.strip());
        boolean ownNumber = settings.mode() == ODataSettings.Mode.FIND_CREATE || settings.alternateKey();
        if (ownNumber) {
            return ExternalRecord.of(key == null ? id : key, url);
        }
        return ExternalRecord.of(
                key == null ? id : key, url == null ? keyed(settings, id).url() : url);
    }

    /** Returns the record that has the id for its key. */
    static ExternalRecord keyed(ODataSettings settings, String id) {
        return new ExternalRecord(id, settings.service().at(settings.path(id)).toString());
    }

    /** Returns the record that an address leads to; null if it is none. */
    static @Nullable ExternalRecord at(String address, ODataSettings settings, String id) {
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
