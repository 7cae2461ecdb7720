package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a transport's settings, by name. Some are secret, so none shows itself when logged. */
public record TransportValues(Map<String, Redacted> values) {

    public TransportValues {
        values = Map.copyOf(values);
    }

    /** Returns whether a secret has to be given before anything is sent. */
    public boolean lacksSecret() {
        return values.values().stream().anyMatch(Redacted::isUnknown);
    }

    /** Returns the value of a setting that is always there. */
    public String text(String name) {
        String value = optional(name);
        if (value == null) {
            throw new IllegalStateException("A transport was kept without its setting " + name);
        }
        return value;
    }

    public @Nullable String optional(String name) {
        Redacted value = values.get(name);
        return value == null ? null : value.reveal();
    }
}
