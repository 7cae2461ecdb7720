package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth;
import com.mobileapiconnect.bridge.destination.HttpOptions.Tls;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code http}. Omitted fields keep their stored value; null clears them. A secret is also kept when the request
 * repeats the {@code true} that GET shows in its place.
 */
final class HttpOptionsFields {

    private static final int LONGEST_PEM = 64 << 10;
    private static final int LONGEST_USERNAME = 256;
    private static final int LONGEST_CLIENT_ID = 512;
    private static final int LONGEST_SCOPE = 2048;

    private final HttpOptions old;
    private final boolean sameReceiver;
    private final UrlCheck urls;
    private final boolean checksTls;

    /** Checks a URL and returns the mistake, if any. */
    interface UrlCheck {
        Optional<String> refusal(String url);
    }

    /** @param sameReceiver whether the URL still leads to the receiver of the stored secrets */
    HttpOptionsFields(HttpOptions old, boolean sameReceiver, UrlCheck urls) {
        this(old, sameReceiver, urls, true);
    }

    private HttpOptionsFields(HttpOptions old, boolean sameReceiver, UrlCheck urls, boolean checksTls) {
        this.old = old;
        this.sameReceiver = sameReceiver;
        this.urls = urls;
        this.checksTls = checksTls;
    }

    /** Reads sealed options, which were checked when they were set. */
    static HttpOptions stored(Fields fields) {
        return new HttpOptionsFields(HttpOptions.NONE, true, url -> Optional.empty(), false).read(fields);
    }

    HttpOptions of(Fields target) {
        if (!target.has("http")) {
            if (!sameReceiver && old.tellsSecrets()) {
                target.wrong("http", SecretField.AGAIN + "; null removes it");
            }
            return old;
        }
        Fields fields = target.object("http");
        return fields == null ? HttpOptions.NONE : read(fields);
    }

    private HttpOptions read(Fields fields) {
        fields.allow("headers", "auth", "tls");
        if (!sameReceiver && !fields.has("headers") && !old.headers().isEmpty()) {
            fields.wrong("headers", SecretField.AGAIN + "; null removes them");
        }
        if (!sameReceiver && !fields.has("auth") && old.auth() != null) {
            fields.wrong("auth", SecretField.AGAIN + "; null removes it");
        }
        JsonNode headers = fields.raw("headers");
        if (headers != null && headers.size() > StaticHeaders.MOST) {
            fields.wrong("headers", "must be at most " + StaticHeaders.MOST + "; there are " + headers.size());
        }
        HttpOptions read = new HttpOptions(
                fields.has("headers")
                        ? StaticHeaders.read(fields.object("headers"), old.headers(), sameReceiver, hasAuth(fields))
                        : old.headers(),
                fields.has("auth") ? auth(fields.object("auth")) : old.auth(),
                fields.has("tls") ? tls(fields.object("tls")) : old.tls());
        return read.none() ? HttpOptions.NONE : read;
    }

    private boolean hasAuth(Fields fields) {
        return fields.has("auth") ? fields.raw("auth") != null : old.auth() != null;
    }

    private @Nullable Auth auth(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String type = fields.text("type", 20);
        return switch (type == null ? "" : type) {
            case "basic" -> basic(fields.allow("type", "username", "password"));
            case "bearer" -> bearer(fields.allow("type", "token"));
            case "oauth2" ->
                oauth2(fields.allow(
                        "type", "tokenUrl", "clientId", "clientSecret", "scope", "audience", "inBody", "sharesTls"));
            default -> {
                fields.wrong("type", "must be one of basic, bearer, oauth2");
                yield null;
            }
        };
    }

    private @Nullable Auth basic(Fields fields) {
        String username = printable(fields, "username", LONGEST_USERNAME, true);
        if (username != null && username.indexOf(':') >= 0) {
            fields.wrong("username", "must not contain a colon (RFC 7617)");
        }
        Redacted kept = old.auth() instanceof Auth.Basic basic ? basic.password() : null;
        Redacted password = SecretField.required(fields, "password", kept, sameReceiver, HttpOptionsFields::sendable);
        return username == null || password == null ? null : new Auth.Basic(username, password);
    }

    private @Nullable Auth bearer(Fields fields) {
        Redacted kept = old.auth() instanceof Auth.Bearer bearer ? bearer.token() : null;
        Redacted token = SecretField.required(fields, "token", kept, sameReceiver, HttpOptionsFields::tokenOnly);
        return token == null ? null : new Auth.Bearer(token);
    }

    private @Nullable Auth oauth2(Fields fields) {
        String url = fields.text("tokenUrl", TargetFields.LONGEST_URL);
        if (url == null) {
            if (fields.raw("tokenUrl") == null) {
                fields.wrong("tokenUrl", SecretField.MISSING);
            }
        } else {
            urls.refusal(url).ifPresent(reason -> fields.wrong("tokenUrl", reason));
        }
        String id = printable(fields, "clientId", LONGEST_CLIENT_ID, true);
        Auth.OAuth2 before = old.auth() instanceof Auth.OAuth2 oauth ? oauth : null;
        boolean same = sameReceiver && before != null && HttpOptions.sameOrigin(before.tokenUrl(), url);
        Redacted kept = before == null ? null : before.clientSecret();
        Redacted secret = SecretField.required(fields, "clientSecret", kept, same, HttpOptionsFields::sendable);
        String scope = printable(fields, "scope", LONGEST_SCOPE, false);
        String audience = printable(fields, "audience", LONGEST_SCOPE, false);
        boolean inBody = fields.flag("inBody", false);
        boolean sharesTls = fields.flag("sharesTls", false);
        return url == null || id == null || secret == null
                ? null
                : new Auth.OAuth2(url, id, secret, scope, audience, inBody, sharesTls);
    }

    private @Nullable Tls tls(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.allow("clientCertificate", "clientKey", "ca");
        String certificate = fields.text("clientCertificate", LONGEST_PEM);
        Tls before = old.tls();
        Redacted kept = certificate == null || before == null ? null : before.clientKey();
        Redacted key = SecretField.optional(fields, "clientKey", LONGEST_PEM, kept, true);
        String ca = fields.text("ca", LONGEST_PEM);
        if ((certificate == null) != (key == null)) {
            fields.wrong(
                    certificate == null ? "clientCertificate" : "clientKey",
                    "must be given together with the " + (certificate == null ? "key" : "certificate"));
            return null;
        }
        if (certificate == null && ca == null) {
            return null;
        }
        Tls tls = new Tls(certificate, key, ca);
        if (checksTls && (key == null || !key.isUnknown())) {
            TlsMaterial.check(tls, fields::wrong);
        }
        return tls;
    }

    private static @Nullable String printable(Fields fields, String name, int max, boolean required) {
        String text = fields.text(name, max);
        if (text == null || text.isEmpty()) {
            if (required && (text != null || fields.raw(name) == null)) {
                fields.wrong(name, SecretField.MISSING);
            }
            return null;
        }
        String wrong = sendable(text);
        if (wrong != null) {
            fields.wrong(name, wrong);
        }
        return text;
    }

    private static @Nullable String sendable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Fields.hasControls(text) ? "must not contain control characters" : Trimmed.fault(text);
    }

    private static @Nullable String tokenOnly(@Nullable String text) {
        return text == null || text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')
                ? "must be printable ASCII without spaces"
                : null;
    }
}
