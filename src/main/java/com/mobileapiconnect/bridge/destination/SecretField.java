package com.mobileapiconnect.bridge.destination;

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
    static final String NOT_A_SECRET = "must begin with something else: so begins what stands for a secret";
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
        String wrong = secret == null || secret == kept || secret.isUnknown() ? null : fault.apply(secret.reveal());
        if (wrong != null) {
            fields.wrong(name, wrong);
        }
        if (secret == null && fields.faults() == before) {
            fields.wrong(name, MISSING);
        }
        return secret;
    }

    static @Nullable Redacted optional(Fields fields, String name, int max, @Nullable Redacted kept, boolean mayKeep) {
        if (!fields.leaves(name)) {
            return given(fields, name, fields.text(name, max));
        }
        if (kept != null && !mayKeep && !kept.isUnknown()) {
            fields.wrong(name, AGAIN);
        }
        return left(fields, name, kept);
    }

    private static @Nullable Redacted given(Fields fields, String name, @Nullable String text) {
        Redacted secret = text == null ? null : new Redacted(text);
        if (secret != null && secret.isUnknown()) {
            fields.wrong(name, NOT_A_SECRET);
        }
        return secret;
    }

    /**
     * Returns a secret that a request leaves as it is; one that nobody knows where a file says that there is one, and
     * there is none.
     */
    static @Nullable Redacted left(Fields fields, String name, @Nullable Redacted kept) {
        Redacted secret = kept == null && fields.mayLack(name) ? Redacted.unknown() : kept;
        if (secret != null && secret.isUnknown()) {
            fields.lacks(name);
        }
        return secret;
    }
}
