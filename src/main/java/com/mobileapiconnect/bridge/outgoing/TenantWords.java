package com.mobileapiconnect.bridge.outgoing;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words by which a tenant's customers stop and allow automatic replies.
 *
 * @param languages   of which the words count; null: of all that there are
 * @param optOutWords the tenant's own words for STOP, as written
 * @param optInWords  the tenant's own words for START, as written
 * @param words       all that count
 */
record TenantWords(
        String tenantId,
        @Nullable List<OptOutLanguage> languages,
        List<String> optOutWords,
        List<String> optInWords,
        OptOutWords words) {

    static TenantWords of(
            String tenantId,
            @Nullable List<OptOutLanguage> languages,
            List<String> optOutWords,
            List<String> optInWords) {
        return new TenantWords(
                tenantId,
                languages,
                optOutWords,
                optInWords,
                OptOutWords.of(languages == null ? allLanguages() : languages, optOutWords, optInWords));
    }

    /** Returns the words of a tenant that has set none. */
    static TenantWords standard(String tenantId) {
        return of(tenantId, null, List.of(), List.of());
    }

    /** Returns the ETag. */
    String tag() {
        return ContentTag.of(List.of(languages == null ? allLanguages() : languages, optOutWords, optInWords));
    }

    static List<OptOutLanguage> allLanguages() {
        return Arrays.asList(OptOutLanguage.values());
    }
}
