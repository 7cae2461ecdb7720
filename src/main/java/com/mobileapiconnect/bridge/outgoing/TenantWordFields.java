package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the words by which a tenant's customers stop and allow automatic replies. */
final class TenantWordFields {

    static final String[] NAMES = {"languages", "optOutWords", "optInWords"};

    private static final int MOST_LANGUAGES = OptOutLanguage.values().length;
    private static final int MOST = 50;
    private static final int LONGEST = 40;

    private TenantWordFields() {}

    /** Reads what a tenant sets; what is left out takes its default. */
    static TenantWords read(Fields fields, String tenantId) {
        List<OptOutLanguage> languages = languages(fields);
        Map<String, String> stops = words(fields, "optOutWords");
        Map<String, String> starts = words(fields, "optInWords");
        OptOutWords others = OptOutWords.of(
                languages == null ? TenantWords.allLanguages() : languages, List.copyOf(stops.values()), List.of());
        int at = 0;
        for (String start : starts.values()) {
            if (others.says(start, OptOutWord.STOP)) {
                fields.wrong("optInWords[" + at + "]", "already stops replies; a word cannot do both");
            }
            at++;
        }
        at = 0;
        for (String stop : stops.values()) {
            if (others.says(stop, OptOutWord.START)) {
                fields.wrong("optOutWords[" + at + "]", "already allows replies; a word cannot do both");
            }
            at++;
        }
        return TenantWords.of(tenantId, languages, List.copyOf(stops.values()), List.copyOf(starts.values()));
    }

    /** Returns null for all languages. */
    private static @Nullable List<OptOutLanguage> languages(Fields fields) {
        JsonNode codes = list(fields, "languages", MOST_LANGUAGES);
        if (codes == null) {
            return null;
        }
        List<OptOutLanguage> languages = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            OptOutLanguage language =
                    WireName.find(OptOutLanguage.class, codes.get(i).asText()).orElse(null);
            if (language == null) {
                fields.wrong(
                        "languages[" + i + "]",
                        "must be one of " + WireName.list(Arrays.asList(OptOutLanguage.values())));
            } else if (!languages.contains(language)) {
                languages.add(language);
            }
        }
        return languages;
    }

    /** Returns the words as written, by what is compared. */
    private static Map<String, String> words(Fields fields, String name) {
        Map<String, String> words = new LinkedHashMap<>();
        JsonNode list = list(fields, name, MOST);
        for (int i = 0; list != null && i < list.size(); i++) {
            JsonNode word = list.get(i);
            String normal =
                    word.isTextual() && word.textValue().length() <= LONGEST ? WholeWords.normal(word.textValue()) : "";
            if (normal.isEmpty() || Fields.hasControls(word.textValue())) {
                fields.wrong(
                        name + "[" + i + "]",
                        "must be a word of letters or digits, of at most " + LONGEST + " characters");
            } else {
                words.putIfAbsent(normal, word.textValue());
            }
        }
        return words;
    }

    private static @Nullable JsonNode list(Fields fields, String name, int most) {
        JsonNode list = fields.raw(name);
        if (list != null && (!list.isArray() || list.size() > most)) {
            fields.wrong(name, "must be a list of at most " + most);
            return null;
        }
        return list;
    }
}
