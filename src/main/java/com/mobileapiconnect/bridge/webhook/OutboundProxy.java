package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.client.Proxy.Kind;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.Authority;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The operator's proxy for all outbound calls. The proxy is told addresses that were resolved and checked here, never
 * names.
 */
record OutboundProxy(
        Kind kind,
        String host,
        int port,
        String user,
        @Nullable Redacted password) {

    private static final String FORM =
            "BRIDGE_DELIVERY_PROXY must be http://host:port or socks5://host:port, with user:password@ before the host"
                    + " where it asks for them";

    /**
     * Returns null for a blank URL. Throws {@link BadSettingException}, whose message says how to correct the URL,
     * without its password.
     */
    static @Nullable OutboundProxy parse(String url) {
        if (url.isBlank()) {
            return null;
        }
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new BadSettingException(FORM);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String path = uri.getRawPath();
        boolean bare = (path == null || path.isEmpty() || path.equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!(scheme.equals("http") || scheme.equals("socks5")) || !bare) {
            throw new BadSettingException(FORM);
        }
        Authority authority = Authority.of(uri);
        if (authority == null || authority.port() < 1 || authority.port() > 65535) {
            throw new BadSettingException(FORM);
        }
        String host = authority.host();
        String[] login =
                authority.login() == null ? new String[0] : authority.login().split(":", 2);
        String user = login.length > 0 ? decode(login[0]) : "";
        String password = login.length > 1 ? decode(login[1]) : null;
        if (tooLong(user) || (password != null && tooLong(password))) {
            throw new BadSettingException(FORM + ", each at most 255 bytes");
        }
        return new OutboundProxy(
                scheme.equals("http") ? Kind.HTTP : Kind.SOCKS5,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                authority.port(),
                user,
                password == null ? null : new Redacted(password));
    }

    /** Returns whether a text exceeds RFC 1929, which has a single byte for the length. */
    private static boolean tooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > 255;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String passwordOrEmpty() {
        return password == null ? "" : password.reveal();
    }
}
