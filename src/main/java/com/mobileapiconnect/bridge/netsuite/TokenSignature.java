package com.mobileapiconnect.bridge.netsuite;

import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests by OAuth 1.0a (RFC 5849) with HMAC-SHA256, the only method that NetSuite takes (docs.oracle.com, "The
 * Signature for Web Services and RESTlets"). Each signature is good for one request.
 *
 * @param account as NetSuite writes it: in capitals, with an underscore before the number of a sandbox
 */
record TokenSignature(
        String account, Redacted consumerKey, Redacted consumerSecret, Redacted tokenId, Redacted tokenSecret) {

    private static final String HMAC = "HmacSHA256";

    /** Returns null if the connection has no token. */
    static @Nullable TokenSignature of(ErpConnection connection) {
        Redacted consumerKey = connection.secret("consumerKey");
        Redacted consumerSecret = connection.secret("consumerSecret");
        Redacted tokenId = connection.secret("tokenId");
        Redacted tokenSecret = connection.secret("tokenSecret");
        if (consumerKey == null || consumerSecret == null || tokenId == null || tokenSecret == null) {
            return null;
        }
        String host = String.valueOf(URI.create(connection.url()).getHost());
        String account = connection.text("account", host.replaceFirst("[.].*$", ""));
        return new TokenSignature(
                account.toUpperCase(Locale.ROOT).replace('-', '_'), consumerKey, consumerSecret, tokenId, tokenSecret);
    }

    /**
     * Returns the header of a request.
     *
     * @param seconds since 1970
     * @param nonce   letters and digits that were never used before
     */
    String header(HttpRequest request, long seconds, String nonce) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("oauth_consumer_key", consumerKey.reveal());
        own.put("oauth_token", tokenId.reveal());
        own.put("oauth_signature_method", "HMAC-SHA256");
        own.put("oauth_timestamp", Long.toString(seconds));
        own.put("oauth_nonce", nonce);
        own.put("oauth_version", "1.0");
        own.put("oauth_signature", signature(base(request, own)));
        return "OAuth realm=\"" + encoded(account) + "\","
                + own.entrySet().stream()
                        .map(each -> each.getKey() + "=\"" + encoded(each.getValue()) + "\"")
                        .collect(Collectors.joining(","));
    }

    /** Returns what is signed: the method, the address without its query, and all parameters in order. */
    static String base(HttpRequest request, Map<String, String> own) {
        URI url = request.url();
        List<String> pairs = new ArrayList<>();
        own.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        if (url.getRawQuery() != null) {
            for (String pair : url.getRawQuery().split("&")) {
                int equal = pair.indexOf('=');
                String name = equal < 0 ? pair : pair.substring(0, equal);
                pairs.add(encoded(decoded(name)) + "=" + encoded(equal < 0 ? "" : decoded(pair.substring(equal + 1))));
            }
        }
        pairs.sort(null);
        return request.method().name() + "&" + encoded(address(url)) + "&" + encoded(String.join("&", pairs));
    }

    private static String address(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        boolean usual = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + url.getPort()) + url.getRawPath();
    }

    private String signature(String base) {
        String key = encoded(consumerSecret.reveal()) + "&" + encoded(tokenSecret.reveal());
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** Encodes as RFC 5849 does (3.6), which leaves less as it is than forms do. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
