package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a system's own words out of the body of an error: without tracebacks, and without HTML. */
public final class SystemWords {

    /** The most characters of a body that are looked at. */
    private static final int LOOKED_AT = 64 << 10;
    /** The places in which the systems that we know have their words, the most telling first. */
    private static final List<String> PLACES = List.of(
            "/error/data/message",
            "/error/message/value",
            "/error/message",
            "/_server_messages",
            "/errors/0/message",
            "/o:errorDetails/0/detail",
            "/message",
            "/error_description",
            "/detail",
            "/title",
            "/_error_message",
            "/exception",
            "/error");

    private static final Pattern STYLE = Pattern.compile("(?is)<(script|style|head)\\b.*?</(?:script|style|head)\\s*>");
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private static final Pattern TAG = Pattern.compile("(?s)<[a-zA-Z/!][^>]*>");
    private static final Pattern TRACEBACK = Pattern.compile(
            "(?s)(Traceback \\(most recent call last\\).*|\\n\\s+at [\\w.$<>/]+\\(.*|\\n\\s+File \"[^\"]*\", line .*)");
    private static final JsonMapper JSON = new JsonMapper();
    /** Shorter values are no secret, and stand in too many words. */
    private static final int SHORTEST_VALUE = 3;

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private SystemWords() {}

    /**
     * Returns what the body says; null if it says nothing.
     *
     * @param places JSON pointers that are asked before the usual ones
     */
    public static @Nullable String of(String body, String... places) {
        String seen = body.length() > LOOKED_AT ? body.substring(0, LOOKED_AT) : body;
        JsonNode json = json(seen);
        if (json == null) {
            return plain(seen);
        }
        for (List<String> list : List.of(List.of(places), PLACES)) {
            for (String place : list) {
                String words = words(json.at(place));
                if (words != null) {
                    return words;
                }
            }
        }
        return words(json);
    }

    /** Returns words without the values that were sent, which may be the text of an SMS. */
    public static String without(String words, JsonNode sent) {
        List<String> values = new ArrayList<>();
        texts(sent, values);
        values.sort((one, other) -> other.length() - one.length());
        String hidden = words;
        for (String value : values) {
            hidden = hidden.replace(value, "…");
        }
        return hidden;
    }

    private static void texts(JsonNode node, List<String> into) {
        if (node.isTextual() && node.textValue().strip().length() >= SHORTEST_VALUE) {
            into.add(node.textValue());
            // as systems write them into their own sentences
            into.add(SPACES.matcher(node.textValue().strip()).replaceAll(" "));
            String bare = plain(node.textValue()); // as it is once tags are taken out of those sentences
            into.add(bare == null || bare.length() < SHORTEST_VALUE ? node.textValue() : bare);
        }
        node.forEach(each -> texts(each, into));
    }

    private static @Nullable JsonNode json(String body) {
        String text = body.strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return null;
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable String words(JsonNode node) {
        if (node.isTextual()) {
            JsonNode inner = json(node.textValue()); // Frappe: JSON in a text, twice
            return inner == null ? plain(node.textValue()) : words(inner.has("message") ? inner.get("message") : inner);
        } else if (node.isArray()) {
            StringBuilder all = new StringBuilder();
            for (JsonNode each : node) {
                String words = words(each.isObject() ? each.path("message") : each);
                all.append(words == null ? "" : (all.isEmpty() ? "" : ": ") + words);
            }
            return all.isEmpty() ? null : all.toString();
        }
        return null;
    }

    private static @Nullable String plain(String text) {
        String words = TRACEBACK.matcher(text).replaceAll("");
        if (TAG.matcher(words).find()) {
            var title = TITLE.matcher(words);
            String heading = title.find() ? title.group(1) + " " : "";
            words = heading + STYLE.matcher(words).replaceAll(" ");
            words = TAG.matcher(words).replaceAll(" ");
            words = words.replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&nbsp;", " ")
                    .replace("&amp;", "&");
        }
        words = words.strip().replaceAll("\\s+", " ");
        return words.isEmpty() ? null : words;
    }
}
