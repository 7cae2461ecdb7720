package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a device from a request: what is absent keeps its value. */
final class DeviceFields {

    /** The phone apps that have a URL of their own. */
    static final Set<String> ADAPTERS = new TreeSet<>(Set.of(
            "android-sms-gateway",
            "sms-forwarder",
            "textbee",
            "httpsms",
            "incoming-sms-webhook",
            "smssync",
            "twilio",
            "kannel",
            "vonage"));

    private static final int MAX_SIM = 9;

    private DeviceFields() {}

    static Devices.Entry read(Fields fields, Devices.Entry old, TransportFields transports) {
        fields.allow(
                "name",
                "number",
                "sims",
                "adapter",
                "signingKey",
                "outbox",
                "manage",
                "transport",
                "id",
                "createdAt",
                "signed");
        Device was = old.device();
        Redacted signingKey = fields.has("signingKey") ? signingKey(fields) : old.signingKey();
        Device device = new Device(
                was.id(),
                was.tenantId(),
                fields.has("name") || was.name().isEmpty() ? fields.requiredName("name", 200) : was.name(),
                fields.has("number") ? number(fields, "number", fields.raw("number")) : was.number(),
                fields.has("sims") ? sims(fields) : was.sims(),
                fields.has("adapter") ? adapter(fields) : was.adapter(),
                signingKey != null,
                fields.flag("outbox", was.outbox()),
                fields.flag("manage", was.manage()),
                transports.read(fields, was.transport(), was.tenantId()),
                was.createdAt());
        fields.orThrow();
        return new Devices.Entry(device, signingKey);
    }

    private static @Nullable String number(Fields fields, String name, @Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        String number = node.asText();
        if (!node.isTextual() || number.isBlank() || number.length() > 64 || Fields.hasControls(number)) {
            fields.wrong(name, "must be a number as a string, 1 to 64 characters, like \"911234500000\"");
            return null;
        }
        return number;
    }

    private static Map<Integer, String> sims(Fields fields) {
        Map<Integer, String> sims = new LinkedHashMap<>();
        JsonNode node = fields.raw("sims");
        if (node != null && !node.isObject()) {
            fields.wrong("sims", "must be an object from SIM slot to number, like {\"1\":\"911234500000\"}");
        } else if (node != null) {
            node.properties().forEach(sim -> {
                String number = number(fields, "sims." + sim.getKey(), sim.getValue());
                if (!sim.getKey().matches("[0-" + MAX_SIM + "]")) {
                    fields.wrong("sims." + sim.getKey(), "must be a SIM slot from 0 to " + MAX_SIM);
                } else if (number != null) {
                    sims.put(Integer.valueOf(sim.getKey()), number);
                }
            });
        }
        return Map.copyOf(sims);
    }

    private static @Nullable String adapter(Fields fields) {
        String adapter = fields.text("adapter", 64);
        if (adapter != null && !ADAPTERS.contains(adapter)) {
            fields.wrong("adapter", "must be one of " + String.join(", ", ADAPTERS));
        }
        return adapter;
    }

    private static @Nullable Redacted signingKey(Fields fields) {
        String key = fields.text("signingKey", 256);
        if (key != null && (key.isEmpty() || Fields.hasControls(key))) {
            fields.wrong("signingKey", "must be 1 to 256 characters without control characters");
        }
        return key == null ? null : new Redacted(key);
    }
}
