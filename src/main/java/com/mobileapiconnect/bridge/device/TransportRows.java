package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transport in its column: JSON with its secrets, sealed as a whole. */
final class TransportRows {

    private static final JsonMapper JSON = new JsonMapper();

    private TransportRows() {}

    static byte @Nullable [] seal(Vault vault, Device device) {
        Map<String, @Nullable Object> json = TransportFields.view(device.transport());
        if (device.transport() instanceof Transport.AndroidSmsGateway gateway) {
            json.put("password", gateway.password().reveal());
        } else if (device.transport() instanceof Transport.Twilio twilio) {
            json.put("authToken", twilio.authToken().reveal());
        } else if (device.transport() instanceof Transport.Kannel kannel) {
            json.put("password", kannel.password().reveal());
        } else {
            return null;
        }
        try {
            return vault.seal(JSON.writeValueAsString(json), place(device.id()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of strings is always JSON", e);
        }
    }

    static Transport open(Vault vault, byte @Nullable [] box, String deviceId) throws JsonProcessingException {
        if (box == null) {
            return Transport.POLL;
        }
        JsonNode json = JSON.readTree(vault.open(box, place(deviceId)));
        String url = json.path("url").asText();
        String from = json.hasNonNull("from") ? json.get("from").asText() : null;
        String type = json.path("type").asText();
        return switch (type) {
            case "android-sms-gateway" ->
                new Transport.AndroidSmsGateway(url, json.path("username").asText(), secret(json, "password"));
            case "twilio" ->
                new Transport.Twilio(url, json.path("accountSid").asText(), secret(json, "authToken"), from);
            case "kannel" -> new Transport.Kannel(url, json.path("username").asText(), secret(json, "password"), from);
            default -> throw new IllegalStateException("Device " + deviceId + " has no such transport: " + type);
        };
    }

    private static Redacted secret(JsonNode json, String name) {
        return new Redacted(json.path(name).asText());
    }

    static String place(String deviceId) {
        return "device/" + deviceId + "/transport";
    }
}
