package com.mobileapiconnect.bridge.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Versioned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param key shown this once, to who made it */
@JsonInclude(JsonInclude.Include.ALWAYS)
record KeyView(
        String id,
        String name,
        List<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Instant createdAt,
        long version,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key)
        implements Versioned {

    static KeyView of(Credential credential, @Nullable Instant lastUsedAt) {
        return of(credential, lastUsedAt, null);
    }

    static KeyView of(Credential.Issued issued) {
        return of(issued.credential(), null, issued.key().reveal());
    }

    private static KeyView of(Credential credential, @Nullable Instant lastUsedAt, @Nullable String key) {
        return new KeyView(
                credential.id(),
                credential.name(),
                credential.grant().names(),
                credential.grant().expiresAt(),
                lastUsedAt,
                credential.createdAt(),
                credential.version(),
                key);
    }
}
