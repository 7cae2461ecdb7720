package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a target's calls beyond the plain signed POST.
 *
 * @param headers sent with every call, in this order; their values count as secrets, because API keys travel there
 * @param auth    null for no credentials
 * @param tls     null for no client certificate, and the Java runtime's certificate authorities
 */
public record HttpOptions(
        Map<String, Redacted> headers,
        @Nullable Auth auth,
        @Nullable Tls tls) {

    private static final Pattern BEHIND_HOST = Pattern.compile("(?s)^([^:/?#]+://[^/?#]*).*$");

    public static final HttpOptions NONE = new HttpOptions(Map.of(), null, null);

    /** The credentials of the Authorization header. */
    public sealed interface Auth {

        Redacted secret();

        record Basic(String username, Redacted password) implements Auth {
            @Override
            public Redacted secret() {
                return password;
            }
        }

        record Bearer(Redacted token) implements Auth {
            @Override
            public Redacted secret() {
                return token;
            }
        }

        /**
         * Client credentials (RFC 6749, 4.4).
         *
         * @param scope     space-separated; null: the token endpoint's default
         * @param audience  sent along where the token endpoint asks for one; null: left out
         * @param inBody    the client's id and secret as form fields, not as basic credentials
         * @param sharesTls the token endpoint is called with the target's TLS material too
         * @param keyId     the id of the private key (PEM) that is there for the secret: the client shows by a signature
         *     that it has it; null for a secret
         */
        record OAuth2(
                String tokenUrl,
                String clientId,
                Redacted clientSecret,
                @Nullable String scope,
                @Nullable String audience,
                boolean inBody,
                boolean sharesTls,
                @Nullable String keyId)
                implements Auth {

            public OAuth2(
                    String tokenUrl,
                    String clientId,
                    Redacted clientSecret,
                    @Nullable String scope,
                    @Nullable String audience,
                    boolean inBody,
                    boolean sharesTls) {
                this(tokenUrl, clientId, clientSecret, scope, audience, inBody, sharesTls, null);
            }

            /** Returns client credentials with a private key. */
            public static OAuth2 byKey(
                    String tokenUrl, String clientId, String keyId, Redacted privateKey, String scope) {
                return new OAuth2(tokenUrl, clientId, privateKey, scope, null, true, false, keyId);
            }

            @Override
            public Redacted secret() {
                return clientSecret;
            }
        }
    }

    /**
     * All in PEM.
     *
     * @param clientCertificate with its chain; given together with its key
     * @param ca                the only authorities that the receiver's certificate may come from
     */
    public record Tls(
            @Nullable String clientCertificate,
            @Nullable Redacted clientKey,
            @Nullable String ca) {}

    /** Returns whether a call needs nothing beyond the plain POST. */
    public boolean none() {
        return headers.isEmpty() && auth == null && tls == null;
    }

    /** Returns whether a secret has to be given yet. */
    boolean lacksSecret() {
        if (none()) {
            return false;
        }
        for (Redacted header : headers.values()) {
            if (header.isUnknown()) {
                return true;
            }
        }
        Redacted key = tls == null ? null : tls.clientKey();
        return (key != null && key.isUnknown())
                || (auth != null && auth.secret().isUnknown());
    }

    /** Returns whether the options would reveal secrets to the owner of the URL. */
    boolean tellsSecrets() {
        return !headers.isEmpty() || auth != null;
    }

    /**
     * Returns whether a secret for one URL may be sent to the other. A secret must be given again for another origin;
     * otherwise a caller who may set the URL could read the secret.
     */
    static boolean sameOrigin(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        try {
            return origin(one).equals(origin(other));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param whole may have names of a message behind its host */
    private static String origin(String whole) {
        URI url = URI.create(BEHIND_HOST.matcher(whole).replaceFirst("$1"));
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        // All of the authority: a host with an underscore is none to java.net.URI.
        String authority = String.valueOf(url.getRawAuthority()).toLowerCase(Locale.ROOT);
        boolean port = authority.matches(".*:[0-9]+");
        return scheme + "://" + authority + (port ? "" : scheme.equals("https") ? ":443" : ":80");
    }
}
