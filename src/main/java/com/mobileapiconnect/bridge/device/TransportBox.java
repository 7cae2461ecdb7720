package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.gateway.TransportValues;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transport in its column: JSON with its secrets, sealed as a whole. */
final class TransportBox {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "type";

    private TransportBox() {}

    static byte @Nullable [] seal(Vault vault, Device device) {
        if (!(device.transport() instanceof Transport.Pushed pushed)) {
            return null;
        }
        ObjectNode json = JSON.createObjectNode().put(TYPE, pushed.gateway());
        pushed.settings().values().forEach((name, value) -> json.put(name, value.reveal()));
        return vault.seal(json.toString(), place(device.id()));
    }

    /** Opens a transport without its gateway: devices load even if the gateway is no longer served. */
    static Transport open(Vault vault, byte @Nullable [] box, String deviceId) throws JsonProcessingException {
        if (box == null) {
            return Transport.POLL;
        }
        JsonNode json = JSON.readTree(vault.open(box, place(deviceId)));
        Map<String, Redacted> values = new HashMap<>();
        json.properties().forEach(field -> {
            if (field.getValue().isTextual() && !field.getKey().equals(TYPE)) {
                values.put(field.getKey(), new Redacted(field.getValue().textValue()));
            }
        });
        return new Transport.Pushed(json.path(TYPE).asText(), new TransportValues(values));
    }

    static String place(String deviceId) {
        return "device/" + deviceId + "/transport";
    }
}
