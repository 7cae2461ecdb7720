package com.mobileapiconnect.bridge.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a device's transport: how to read, keep and show it.
 *
 * @param absent the value if none is given
 */
public record TransportSetting(
        String name, Kind kind, @Nullable String absent) {

    static final String REPORT_URL = "reportUrl";

    /** The kind of a value. */
    public enum Kind {
        /** A URL to call; checked against the tenant's networks. */
        URL,
        TEXT,
        /** A part of a path, of letters and digits only. */
        WORD,
        OPTIONAL_TEXT,
        /**
         * A secret, which is never shown. Left out of a change, the secret is kept while type and URL stay the same.
         */
        SECRET,
        /** A secret that need not be given; null removes it. */
        OPTIONAL_SECRET
    }

    /** A URL without a query, named {@code url}. */
    public static TransportSetting url() {
        return new TransportSetting("url", Kind.URL, null);
    }

    public static TransportSetting url(String absent) {
        return new TransportSetting("url", Kind.URL, absent);
    }

    public static TransportSetting text(String name) {
        return new TransportSetting(name, Kind.TEXT, null);
    }

    public static TransportSetting word(String name) {
        return new TransportSetting(name, Kind.WORD, null);
    }

    public static TransportSetting optional(String name) {
        return new TransportSetting(name, Kind.OPTIONAL_TEXT, null);
    }

    public static TransportSetting secret(String name) {
        return new TransportSetting(name, Kind.SECRET, null);
    }

    /**
     * The device's own URL, with its token, where the gateway is told with each SMS whom to tell what became of it. The
     * bridge keeps no token, so a person gives it.
     */
    static TransportSetting reportUrl() {
        return new TransportSetting(REPORT_URL, Kind.OPTIONAL_SECRET, null);
    }

    public boolean isOptional() {
        return kind == Kind.OPTIONAL_TEXT || kind == Kind.OPTIONAL_SECRET;
    }

    public boolean isSecret() {
        return kind == Kind.SECRET || kind == Kind.OPTIONAL_SECRET;
    }
}
