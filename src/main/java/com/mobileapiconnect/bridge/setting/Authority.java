package com.mobileapiconnect.bridge.setting;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The login, host and port of a URL. {@link URI} knows no host with an underscore, though name servers and containers
 * have such names.
 *
 * @param login what stands before the {@code @}, encoded
 * @param port  -1 if there is none
 */
public record Authority(@Nullable String login, String host, int port) {

    private static final Pattern WITH_UNDERSCORE = Pattern.compile("(?:([^@]*)@)?([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /** Returns null if the URL names no host. */
    public static @Nullable Authority of(URI url) {
        if (url.getHost() != null) {
            return new Authority(url.getRawUserInfo(), url.getHost(), url.getPort());
        }
        String raw = url.getRawAuthority();
        Matcher parts = WITH_UNDERSCORE.matcher(raw == null ? "" : raw);
        if (!parts.matches() || parts.group(2).indexOf('_') < 0) {
            return null;
        }
        String port = parts.group(3);
        return new Authority(parts.group(1), parts.group(2), port == null ? -1 : Integer.parseInt(port));
    }
}
