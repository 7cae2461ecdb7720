package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options as JSON: in answers a secret is {@code true}, in the sealed column it is itself. */
final class HttpOptionsView {

    private HttpOptionsView() {}

    /** Null when there are none. */
    static @Nullable Map<String, @Nullable Object> shown(HttpOptions options) {
        return options.none() ? null : map(options, secret -> true);
    }

    /** To be sealed at once. */
    static @Nullable Map<String, @Nullable Object> revealed(HttpOptions options) {
        return options.none() ? null : map(options, Redacted::reveal);
    }

    private static Map<String, @Nullable Object> map(HttpOptions options, Function<Redacted, Object> secret) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        options.headers().forEach((name, value) -> headers.put(name, secret.apply(value)));
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("headers", headers);
        map.put("auth", auth(options.auth(), secret));
        map.put("tls", tls(options.tls(), secret));
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> auth(
            HttpOptions.@Nullable Auth auth, Function<Redacted, Object> secret) {
        if (auth == null) {
            return null;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (auth instanceof HttpOptions.Auth.Basic basic) {
            map.put("type", "basic");
            map.put("username", basic.username());
            map.put("password", secret.apply(basic.password()));
        } else if (auth instanceof HttpOptions.Auth.Bearer bearer) {
            map.put("type", "bearer");
            map.put("token", secret.apply(bearer.token()));
        } else if (auth instanceof HttpOptions.Auth.OAuth2 oauth) {
            map.put("type", "oauth2");
            map.put("tokenUrl", oauth.tokenUrl());
            map.put("clientId", oauth.clientId());
            map.put("clientSecret", secret.apply(oauth.clientSecret()));
            map.put("scope", oauth.scope());
            map.put("audience", oauth.audience());
            map.put("inBody", oauth.inBody());
            map.put("sharesTls", oauth.sharesTls());
        }
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> tls(
            HttpOptions.@Nullable Tls tls, Function<Redacted, Object> secret) {
        if (tls == null) {
            return null;
        }
        Redacted key = tls.clientKey();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("clientCertificate", tls.clientCertificate());
        map.put("clientKey", key == null ? null : secret.apply(key));
        map.put("ca", tls.ca());
        return map;
    }
}
