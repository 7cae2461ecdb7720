package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of a target's calls as the API shows them: a secret is {@code true}. */
public record HttpOptionsView(
        Map<String, Boolean> headers,
        @Nullable Auth auth,
        @Nullable Tls tls) {

    public sealed interface Auth {

        record Basic(String type, String username, boolean password) implements Auth {}

        record Bearer(String type, boolean token) implements Auth {}

        record OAuth2(
                String type,
                String tokenUrl,
                String clientId,
                boolean clientSecret,
                @Nullable String scope,
                @Nullable String audience,
                boolean inBody,
                boolean sharesTls)
                implements Auth {}
    }

    public record Tls(
            @Nullable String clientCertificate,
            @Nullable Boolean clientKey,
            @Nullable String ca) {}

    /** Returns null when there are no options. */
    public static @Nullable HttpOptionsView of(HttpOptions options) {
        if (options.none()) {
            return null;
        }
        Map<String, Boolean> headers = new LinkedHashMap<>();
        options.headers().keySet().forEach(name -> headers.put(name, true));
        return new HttpOptionsView(headers, of(options.auth()), of(options.tls()));
    }

    private static @Nullable Auth of(HttpOptions.@Nullable Auth auth) {
        if (auth instanceof HttpOptions.Auth.Basic basic) {
            return new Auth.Basic("basic", basic.username(), true);
        }
        if (auth instanceof HttpOptions.Auth.Bearer) {
            return new Auth.Bearer("bearer", true);
        }
        if (auth instanceof HttpOptions.Auth.OAuth2 oauth) {
            return new Auth.OAuth2(
                    "oauth2",
                    oauth.tokenUrl(),
                    oauth.clientId(),
                    true,
                    oauth.scope(),
                    oauth.audience(),
                    oauth.inBody(),
                    oauth.sharesTls());
        }
        return null;
    }

    private static @Nullable Tls of(HttpOptions.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        Redacted key = tls.clientKey();
        return new Tls(tls.clientCertificate(), key == null ? null : true, tls.ca());
    }
}
