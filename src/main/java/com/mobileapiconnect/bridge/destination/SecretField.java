package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from requests. A secret is kept when the field is left out, or repeats the {@code true} that the API
 * shows in its place; null removes it.
 */
final class SecretField {

    static final String MISSING = "must be given";
    static final String AGAIN = "must be given again, because the URL leads to another host now";
    static final int LONGEST = 8192;

    private SecretField() {}

    /**
     * @param kept the stored secret; null if there is none
     * @param mayKeep false if the stored secret would go to another receiver
     * @param fault returns the fault of a secret, or null
     */
    static @Nullable Redacted required(
            Fields fields,
            String name,
            @Nullable Redacted kept,
            boolean mayKeep,
            UnaryOperator<@Nullable String> fault) {
        int before = fields.faults();
        Redacted secret = optional(fields, name, LONGEST, kept, mayKeep);
        String wrong = secret == null || secret == kept ? null : fault.apply(secret.reveal());
        if (wrong != null) {
            fields.wrong(name, wrong);
        }
        if (secret == null && fields.faults() == before) {
            fields.wrong(name, MISSING);
        }
        return secret;
    }

    static @Nullable Redacted optional(Fields fields, String name, int max, @Nullable Redacted kept, boolean mayKeep) {
        JsonNode given = fields.raw(name);
        if (!fields.has(name) || (given != null && given.isBoolean() && given.booleanValue())) {
            if (kept != null && !mayKeep) {
                fields.wrong(name, AGAIN);
            } else if (kept == null && given != null) {
                fields.wrong(name, "must be a string: true keeps a stored secret, and there is none");
            }
            return kept;
        }
        String text = fields.text(name, max);
        return text == null ? null : new Redacted(text);
    }
}
