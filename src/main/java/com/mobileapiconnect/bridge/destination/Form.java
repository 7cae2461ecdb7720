package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a request, where the tenant's receiver expects more than the contract says.
 *
 * @param metadata        what the tenant attached to the target
 * @param include         what the body has in addition
 * @param signatureHeader the header with the bridge's own signature
 */
public record Form(Map<String, String> metadata, List<Include> include, String signatureHeader) {

    static final String SIGNATURE = "X-MAC-Signature";
    static final String PREVIOUS = "-Previous";

    public static final Form PLAIN = new Form(Map.of(), List.of(), SIGNATURE);

    /** A field that a body has only if its target asks for it. */
    public enum Include {
        DEVICE_NAME("deviceName"),
        METADATA("metadata");

        private final String wireName;

        Include(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** The header with the signature under the secret before, during the overlap of a rotation. */
    public String previousSignatureHeader() {
        return signatureHeader + PREVIOUS;
    }

    /** Returns whether bodies have more than the contract's fields. */
    public boolean carries() {
        return !include.isEmpty();
    }

    /**
     * Returns the JSON object of the additional fields, to be kept with the delivery: its body is the same on every
     * attempt. Null if there are none.
     *
     * @param deviceName     null if the device is gone
     * @param deviceMetadata comes before the target's own where both have a key
     */
    public @Nullable String carried(@Nullable String deviceName, Map<String, String> deviceMetadata) {
        if (!carries()) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (include.contains(Include.DEVICE_NAME)) {
            json.put(Include.DEVICE_NAME.wireName(), deviceName);
        }
        if (include.contains(Include.METADATA)) {
            Map<String, String> all = new LinkedHashMap<>(metadata);
            all.putAll(deviceMetadata);
            ObjectNode pairs = json.putObject(Include.METADATA.wireName());
            WireJson.inOrder(all).forEach(pairs::put);
        }
        return json.toString();
    }
}
