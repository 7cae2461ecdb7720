package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its system needs it.
 *
 * @param properties all that are not secret, with the defaults of the connector for those that were left out; must not be
 *     changed
 * @param secrets    by name
 */
public record ErpConnection(Target target, JsonNode properties, Map<String, Redacted> secrets) {

    public String id() {
        return target.id();
    }

    public String tenantId() {
        return target.tenantId();
    }

    /** Returns {@code outboundUrl}, of a connector that needs it. */
    public String url() {
        String url = target.url();
        if (url == null) {
            throw new IllegalStateException("The connection " + target.id() + " has no outboundUrl");
        }
        return url;
    }

    /** Returns {@code outboundUrl} as the root of a system: without a query, and without a slash at its end. */
    public String root() {
        return url().replaceFirst("[?#].*", "").replaceFirst("/+$", "");
    }

    /** Returns the options of the target's HTTP calls. */
    public HttpOptions http() {
        return target.http();
    }

    /** Returns null if it was not given and has no default. */
    public @Nullable String text(String property) {
        JsonNode value = properties.path(property);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    public String text(String property, String otherwise) {
        String text = text(property);
        return text == null ? otherwise : text;
    }

    public int integer(String property, int otherwise) {
        return properties.path(property).asInt(otherwise);
    }

    public boolean flag(String property) {
        return properties.path(property).asBoolean();
    }

    /** Returns null if it was not given. */
    public @Nullable Redacted secret(String property) {
        return secrets.get(property);
    }
}
