package com.mobileapiconnect.bridge.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a key that people set. */
record KeyForm(String name, Grant grant) {

    /** The form of a key for which nothing was given. */
    static final KeyForm BLANK = new KeyForm("API key", Grant.UNLIMITED);

    private static final int LONGEST_NAME = 100;
    private static final List<Scope> ALL = Arrays.asList(Scope.values());
    private static final int MOST_SCOPES = ALL.size();

    static KeyForm of(Credential key) {
        return new KeyForm(key.name(), key.grant());
    }

    /** Reads a request; what it leaves out stays as it is here. */
    KeyForm read(Fields fields, Instant now) {
        KeyForm read = new KeyForm(
                fields.has("name") ? fields.requiredName("name", LONGEST_NAME) : name,
                new Grant(
                        fields.has("scopes") ? scopes(fields) : grant.scopes(),
                        fields.has("expiresAt") ? expiresAt(fields, now) : grant.expiresAt()));
        fields.orThrow();
        return read;
    }

    /** Refuses null and an empty list too: what was meant to be less must not become everything. */
    private static Set<Scope> scopes(Fields fields) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        JsonNode list = fields.raw("scopes");
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > MOST_SCOPES) {
            fields.wrong("scopes", "must be a list of 1 to " + MOST_SCOPES + " of " + WireName.list(ALL));
            return scopes;
        }
        for (int i = 0; i < list.size(); i++) {
            Scope scope = WireName.find(Scope.class, list.get(i).asText()).orElse(null);
            if (scope == null) {
                fields.wrong("scopes[" + i + "]", "must be one of " + WireName.list(ALL));
            } else {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    private @Nullable Instant expiresAt(Fields fields, Instant now) {
        Instant end = fields.time("expiresAt");
        if (end != null && !end.isAfter(now) && !end.equals(grant.expiresAt())) {
            fields.wrong("expiresAt", "must be in the future; it is " + now + " now");
        }
        return end;
    }

    /** Returns what the audit log says of it. */
    String text() {
        Instant end = grant.expiresAt();
        return name + " (" + String.join(" ", grant.names()) + (end == null ? "" : ", until " + end) + ")";
    }
}
