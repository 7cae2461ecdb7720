package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads and shows how a device sends. A secret that is left out stays, as long as type and URL do: it must not get to
 * somebody else by a change of the URL alone.
 */
@Component
class TransportFields {

    private static final String TWILIO = "https://api.twilio.com";
    private static final String WRONG_TYPE = "must be one of poll, android-sms-gateway, twilio, kannel";
    private static final int MAX_CREDENTIAL = 256;

    private final NetworkGuard guard;
    private final Tenants tenants;

    TransportFields(NetworkGuard guard, Tenants tenants) {
        this.guard = guard;
        this.tenants = tenants;
    }

    /** Null as {@code transport} is {@code poll}. */
    Transport read(Fields device, Transport old, String tenantId) {
        if (!device.has("transport")) {
            return old;
        }
        Fields fields = device.object("transport");
        if (fields == null) {
            return Transport.POLL;
        }
        String type = fields.text("type", 64);
        return switch (type == null ? "" : type) {
            case "poll" -> {
                fields.allow("type");
                yield Transport.POLL;
            }
            case "android-sms-gateway" -> {
                fields.allow("type", "url", "username", "password");
                String url = url(fields, null, tenantId);
                Redacted was = old instanceof Transport.AndroidSmsGateway same
                                && same.url().equals(url)
                        ? same.password()
                        : null;
                yield new Transport.AndroidSmsGateway(
                        url, required(fields, "username"), secret(fields, "password", was));
            }
            case "twilio" -> {
                fields.allow("type", "url", "accountSid", "authToken", "from");
                String url = url(fields, TWILIO, tenantId);
                Redacted was =
                        old instanceof Transport.Twilio same && same.url().equals(url) ? same.authToken() : null;
                yield new Transport.Twilio(
                        url, accountSid(fields), secret(fields, "authToken", was), plain(fields, "from"));
            }
            case "kannel" -> {
                fields.allow("type", "url", "username", "password", "from");
                String url = url(fields, null, tenantId);
                Redacted was =
                        old instanceof Transport.Kannel same && same.url().equals(url) ? same.password() : null;
                yield new Transport.Kannel(
                        url, required(fields, "username"), secret(fields, "password", was), plain(fields, "from"));
            }
            default -> {
                fields.wrong("type", WRONG_TYPE);
                yield Transport.POLL;
            }
        };
    }

    /** Without its secrets. */
    static Map<String, @Nullable Object> view(Transport transport) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("type", transport.type());
        if (transport instanceof Transport.AndroidSmsGateway gateway) {
            view.put("url", gateway.url());
            view.put("username", gateway.username());
        } else if (transport instanceof Transport.Twilio twilio) {
            view.put("url", twilio.url());
            view.put("accountSid", twilio.accountSid());
            view.put("from", twilio.from());
        } else if (transport instanceof Transport.Kannel kannel) {
            view.put("url", kannel.url());
            view.put("username", kannel.username());
            view.put("from", kannel.from());
        }
        return view;
    }

    private String url(Fields fields, @Nullable String absent, String tenantId) {
        String url = fields.text("url", 2048);
        if (url == null && absent != null) {
            return absent;
        }
        if (url == null) {
            if (fields.raw("url") == null) {
                fields.wrong("url", "must be given");
            }
            return "";
        }
        guard.refuseUrl(url, tenants.get(tenantId).allowedNetworks()).ifPresent(why -> fields.wrong("url", why));
        if (url.indexOf('?') >= 0) {
            fields.wrong("url", "must not have a query: the bridge writes it");
        }
        return url;
    }

    private static String accountSid(Fields fields) {
        String sid = required(fields, "accountSid");
        if (!sid.isEmpty() && !sid.matches("[A-Za-z0-9]+")) {
            fields.wrong("accountSid", "must be letters and digits"); // it becomes part of a path
        }
        return sid;
    }

    private static String required(Fields fields, String name) {
        String value = plain(fields, name);
        if (value == null && fields.raw(name) == null) {
            fields.wrong(name, "must be given");
        }
        return value == null ? "" : value;
    }

    private static Redacted secret(Fields fields, String name, @Nullable Redacted was) {
        if (!fields.has(name) && was != null) {
            return was;
        }
        return new Redacted(required(fields, name));
    }

    private static @Nullable String plain(Fields fields, String name) {
        String value = fields.text(name, MAX_CREDENTIAL);
        if (value != null && (value.isBlank() || Fields.hasControls(value))) {
            fields.wrong(name, "must be 1 to " + MAX_CREDENTIAL + " characters without control characters");
        }
        return value;
    }
}
