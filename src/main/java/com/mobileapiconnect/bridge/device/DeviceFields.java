package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.api.Written;
import com.mobileapiconnect.bridge.gateway.AppSettings;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.Mapping;
import com.mobileapiconnect.bridge.gateway.MappingFields;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.RegionField;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a device from a request; absent fields keep their values. */
@Component
class DeviceFields {

    private static final int MAX_SIM = 9;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_ZONE = 64;
    private static final int LONGEST_KEY = 256;
    private static final Duration SOONEST_SILENT = Duration.ofSeconds(1);
    private static final Duration LATEST_SILENT = Duration.ofDays(365);
    private static final String MAPPED = "http-json";

    private final Gateways gateways;
    private final TransportFields transports;

    DeviceFields(Gateways gateways, TransportFields transports) {
        this.gateways = gateways;
        this.transports = transports;
    }

    DeviceEntry read(Fields fields, DeviceEntry old) {
        fields.allow(
                "name",
                "number",
                "sims",
                "adapter",
                "template",
                "mapping",
                "signingKey",
                "outbox",
                "manage",
                Metadata.NAME,
                "transport",
                "zone",
                "region",
                "regionInUse",
                "silentAfter",
                "lastSeen",
                "silentSince",
                "heartbeat",
                "id",
                "createdAt",
                "version",
                "signed");
        Device was = old.device();
        String adapter = fields.has("adapter") ? adapter(fields, was.adapter()) : was.adapter();
        Redacted signingKey = fields.leavesInFile("signingKey") ? kept(fields, old.signingKey()) : signingKey(fields);
        Device device = new Device(
                was.id(),
                was.tenantId(),
                fields.has("name") || was.name().isEmpty() ? fields.requiredName("name", LONGEST_NAME) : was.name(),
                fields.has("number") ? number(fields, "number", fields.raw("number")) : was.number(),
                fields.has("sims") ? sims(fields) : was.sims(),
                adapter,
                app(fields, was, adapter),
                signingKey != null,
                fields.flag("outbox", was.outbox()),
                fields.flag("manage", was.manage()),
                fields.has(Metadata.NAME) ? Metadata.read(fields) : was.metadata(),
                transports.read(fields, was.transport(), was.tenantId()),
                fields.has("zone") ? zone(fields) : was.zone(),
                fields.has("region") ? RegionField.read(fields) : was.region(),
                fields.has("silentAfter")
                        ? fields.duration("silentAfter", SOONEST_SILENT, LATEST_SILENT)
                        : was.silentAfter(),
                was.createdAt());
        if (fields.has("adapter") || fields.has("signingKey")) {
            checkSigning(fields, device);
        }
        fields.orThrow();
        return new DeviceEntry(device, signingKey, old.version());
    }

    /**
     * Reads a device from a file, where what is left out takes its default; only secrets are kept.
     *
     * @param old the device to replace, or a new one that has only its identity
     */
    DeviceEntry whole(Fields fields, DeviceEntry old) {
        Device was = old.device();
        Device blank = Device.blank(was.id(), was.tenantId(), was.createdAt());
        return read(
                fields,
                new DeviceEntry(
                        blank.keeping(
                                fields.has("adapter") ? was.adapter() : null,
                                fields.has("transport") ? was.transport() : Transport.POLL),
                        old.signingKey(),
                        old.version()));
    }

    /** Shows a transport as a file has it: {@code true} stands for a secret. */
    Map<String, @Nullable Object> inFile(Transport transport) {
        return transports.inFile(transport);
    }

    /** Shows a transport without its secrets. */
    Map<String, @Nullable Object> view(Transport transport) {
        return transports.view(transport);
    }

    private static @Nullable String number(Fields fields, String name, @Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        String number = node.asText();
        if (!(node.isTextual() || node instanceof Written)
                || number.isBlank()
                || number.length() > LONGEST_NUMBER
                || Fields.hasControls(number)) {
            fields.wrong(
                    name,
                    "must be a number as a string, 1 to " + LONGEST_NUMBER + " characters, such as \"911234500000\"");
            return null;
        }
        return number;
    }

    private static Map<Integer, String> sims(Fields fields) {
        Map<Integer, String> sims = new LinkedHashMap<>();
        JsonNode node = fields.raw("sims");
        if (node != null && !node.isObject()) {
            fields.wrong("sims", "must be an object from SIM slot to number, such as {\"1\":\"911234500000\"}");
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

    /** A name that no gateway has would promise a URL that is not there. A device from before keeps the one it has. */
    private @Nullable String adapter(Fields fields, @Nullable String old) {
        String adapter = fields.text("adapter", 64);
        if (adapter != null
                && !adapter.equals(old)
                && gateways.receiving(adapter).isEmpty()) {
            fields.wrong("adapter", "must be one of " + String.join(", ", gateways.receiving()));
        }
        return adapter;
    }

    private AppSettings app(Fields fields, Device was, @Nullable String adapter) {
        AppSettings old = Objects.equals(adapter, was.adapter()) ? was.app() : AppSettings.NONE;
        boolean template = fields.flag("template", old.template());
        Mapping mapping = fields.has("mapping") ? MappingFields.read(fields, "mapping") : old.mapping();
        if (mapping != null && !MAPPED.equals(adapter)) {
            fields.wrong("mapping", "must be left out: only " + MAPPED + " has one");
        }
        return new AppSettings(template, mapping, gateways.asks(adapter));
    }

    private static @Nullable ZoneId zone(Fields fields) {
        String zone = fields.text("zone", LONGEST_ZONE);
        try {
            return zone == null ? null : ZoneId.of(zone);
        } catch (DateTimeException e) {
            fields.wrong("zone", "must be a time zone such as \"Asia/Kolkata\" or \"+05:30\"");
            return null;
        }
    }

    private void checkSigning(Fields fields, Device device) {
        gateways.receiving(device.adapter())
                .filter(gateway -> device.signed() && !(gateway instanceof Gateway.Signing))
                .ifPresent(gateway -> fields.wrong(
                        "signingKey",
                        "must be left out: " + gateway.name()
                                + " does not sign its requests, so all would be refused"));
    }

    private static @Nullable Redacted kept(Fields fields, @Nullable Redacted old) {
        Redacted kept = old == null && fields.mayLack("signingKey") ? Redacted.unknown() : old;
        if (kept != null && kept.isUnknown()) {
            fields.lacks("signingKey");
        }
        return kept;
    }

    private static @Nullable Redacted signingKey(Fields fields) {
        String key = fields.text("signingKey", LONGEST_KEY);
        if (key != null && (key.isEmpty() || Fields.hasControls(key))) {
            fields.wrong("signingKey", "must be 1 to " + LONGEST_KEY + " characters without control characters");
        } else if (key != null && Trimmed.fault(key) != null) {
            fields.wrong("signingKey", String.valueOf(Trimmed.fault(key)));
        }
        return key == null ? null : new Redacted(key);
    }
}
