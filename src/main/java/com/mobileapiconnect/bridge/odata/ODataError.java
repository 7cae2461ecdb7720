package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.SystemWords;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The service's own words for why it refused, out of the body of an error.
 *
 * @param code  as the service names the error; null if it does not
 * @param words for people, one line; null if there are none
 */
record ODataError(@Nullable String code, @Nullable String words) {

    private static final int MOST_DETAILS = 5;

    static ODataError of(String body) {
        JsonNode error = Json.read(body).path("error");
        if (!error.isObject()) {
            return new ODataError(null, SystemWords.of(body));
        }
        Set<String> all = new LinkedHashSet<>();
        all.add(said(error));
        int details = 0;
        for (JsonNode detail : error.path("details")) {
            if (details++ == MOST_DETAILS) {
                break;
            }
            all.add(said(detail));
        }
        all.add(inner(error, all));
        all.remove("");
        String code = error.path("code").asText("");
        return new ODataError(code.isBlank() ? null : code, all.isEmpty() ? null : String.join("; ", all));
    }

    /** Returns what Finance and Operations says: "An error has occurred" is all that it has for the message itself. */
    private static String inner(JsonNode error, Set<String> said) {
        JsonNode message = error.path("innererror").path("message");
        String words = message.isTextual() ? SystemWords.of(message.textValue()) : null;
        return words == null || said.stream().anyMatch(each -> each.contains(words)) ? "" : words;
    }

    private static String said(JsonNode error) {
        // older services: an object of a language and a value
        JsonNode message =
                error.path("message").isObject() ? error.path("message").path("value") : error.path("message");
        String said = message.isTextual() ? SystemWords.of(message.textValue()) : null;
        String words = said == null ? "" : said;
        String code = error.path("code").asText("");
        String target = error.path("target").asText("");
        List<String> parts = new ArrayList<>();
        if (!code.isBlank() && !words.contains(code)) {
            parts.add(words.isEmpty() ? code : code + ":");
        }
        parts.add(words);
        if (!target.isBlank() && !words.contains(target)) {
            parts.add("(" + target + ")");
        }
        return String.join(" ", parts).strip();
    }

    /** Returns the words without the values that were sent, which may be the text of an SMS. */
    ODataError without(JsonNode sent) {
        if (words == null) {
            return this;
        }
        return new ODataError(code, SystemWords.without(words, sent));
    }
}
