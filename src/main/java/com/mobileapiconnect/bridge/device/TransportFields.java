package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.TransportSetting;
import com.mobileapiconnect.bridge.gateway.TransportValues;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads and shows the transport of a device by the settings that its gateway declares. A secret that is left out is
 * kept only while type and URL stay the same: a change of the URL must not send the secret to another receiver.
 */
@Component
class TransportFields {

    private static final String TYPE = "type";
    private static final int MAX_VALUE = 256;
    private static final int MAX_URL = 2048;

    private final Gateways gateways;
    private final NetworkGuard guard;
    private final Tenants tenants;

    TransportFields(Gateways gateways, NetworkGuard guard, Tenants tenants) {
        this.gateways = gateways;
        this.guard = guard;
        this.tenants = tenants;
    }

    /** Reads {@code transport}; null stands for {@code poll}. */
    Transport read(Fields device, Transport old, String tenantId) {
        if (!device.has("transport")) {
            return old;
        }
        Fields fields = device.object("transport");
        if (fields == null) {
            return Transport.POLL;
        }
        String type = fields.text(TYPE, 64);
        if (Transport.POLL.type().equals(type)) {
            fields.allow(TYPE);
            return Transport.POLL;
        }
        Gateway.Pushing gateway = gateways.pushing(type).orElse(null);
        if (gateway == null) {
            fields.wrong(
                    TYPE, "must be one of " + Transport.POLL.type() + ", " + String.join(", ", gateways.pushing()));
            return Transport.POLL;
        }
        fields.allow(Stream.concat(Stream.of(TYPE), gateway.settings().stream().map(TransportSetting::name))
                .toArray(String[]::new));
        return new Transport.Pushed(gateway.name(), settings(fields, gateway, old, tenantId));
    }

    private TransportValues settings(Fields fields, Gateway.Pushing gateway, Transport old, String tenantId) {
        TransportValues was =
                old instanceof Transport.Pushed same && same.gateway().equals(gateway.name())
                        ? same.settings()
                        : new TransportValues(Map.of());
        Map<String, Redacted> values = new HashMap<>();
        boolean sameUrl = true;
        for (TransportSetting setting : gateway.settings()) {
            String name = setting.name();
            Redacted kept = sameUrl ? was.values().get(name) : null;
            String value = null;
            if (setting.isSecret() && fields.leavesInFile(name) && (kept != null || fields.has(name))) {
                keep(fields, name, kept).ifPresent(secret -> values.put(name, secret));
            } else {
                value = value(fields, setting, tenantId);
            }
            if (value != null) {
                values.put(name, new Redacted(value));
            }
            if (setting.kind() == TransportSetting.Kind.URL) {
                sameUrl = Objects.equals(value, was.optional(name));
            }
        }
        return new TransportValues(values);
    }

    private static Optional<Redacted> keep(Fields fields, String name, @Nullable Redacted kept) {
        Redacted secret = kept == null && fields.mayLack(name) ? Redacted.unknown() : kept;
        if (secret != null && secret.isUnknown()) {
            fields.lacks(name);
        }
        return Optional.ofNullable(secret);
    }

    private @Nullable String value(Fields fields, TransportSetting setting, String tenantId) {
        String name = setting.name();
        boolean url = setting.kind() == TransportSetting.Kind.URL;
        String value = fields.text(name, url ? MAX_URL : MAX_VALUE);
        if (value == null) {
            if (fields.raw(name) == null && setting.absent() == null && !setting.isOptional()) {
                fields.wrong(name, "must be given");
            }
            return setting.absent();
        }
        if (url) {
            checkUrl(fields, name, value, tenantId);
        } else if (value.isBlank() || Fields.hasControls(value)) {
            fields.wrong(name, "must be 1 to " + MAX_VALUE + " characters without control characters");
        } else if (Trimmed.fault(value) != null) {
            fields.wrong(name, String.valueOf(Trimmed.fault(value)));
        } else if (setting.kind() == TransportSetting.Kind.WORD && !value.matches("[A-Za-z0-9]+")) {
            fields.wrong(name, "must consist of letters and digits");
        }
        return value;
    }

    private void checkUrl(Fields fields, String name, String url, String tenantId) {
        guard.refuseUrl(url, tenants.get(tenantId).allowedNetworks()).ifPresent(why -> fields.wrong(name, why));
        if (url.indexOf('?') >= 0) {
            fields.wrong(name, "must not have a query: the bridge adds it");
        }
    }

    /** Shows a transport as a file has it: {@code true} stands for a secret. */
    Map<String, @Nullable Object> inFile(Transport transport) {
        Map<String, @Nullable Object> view = view(transport);
        if (transport instanceof Transport.Pushed pushed) {
            pushed.settings().values().keySet().stream()
                    .filter(name -> !view.containsKey(name) && isSecret(pushed, name))
                    .sorted()
                    .forEach(name -> view.put(name, true));
        }
        return view;
    }

    private boolean isSecret(Transport.Pushed transport, String name) {
        return gateways.pushing(transport.gateway()).stream()
                .flatMap(gateway -> gateway.settings().stream())
                .anyMatch(setting -> setting.isSecret() && setting.name().equals(name));
    }

    /** Shows a transport without its secrets; if its gateway is no longer served, only the type. */
    Map<String, @Nullable Object> view(Transport transport) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put(TYPE, transport.type());
        if (transport instanceof Transport.Pushed pushed) {
            gateways.pushing(pushed.gateway()).ifPresent(gateway -> gateway.settings().stream()
                    .filter(setting -> !setting.isSecret())
                    .forEach(setting ->
                            view.put(setting.name(), pushed.settings().optional(setting.name()))));
        }
        return view;
    }
}
