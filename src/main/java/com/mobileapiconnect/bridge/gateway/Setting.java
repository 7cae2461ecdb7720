package com.mobileapiconnect.bridge.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a device's transport: how to read, keep and show it.
 *
 * @param absent the value if none is given
 */
public record Setting(String name, Kind kind, @Nullable String absent) {

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
        SECRET
    }

    /** A URL without a query, named {@code url}. */
    public static Setting url() {
        return new Setting("url", Kind.URL, null);
    }

    public static Setting url(String absent) {
        return new Setting("url", Kind.URL, absent);
    }

    public static Setting text(String name) {
        return new Setting(name, Kind.TEXT, null);
    }

    public static Setting word(String name) {
        return new Setting(name, Kind.WORD, null);
    }

    public static Setting optional(String name) {
        return new Setting(name, Kind.OPTIONAL_TEXT, null);
    }

    public static Setting secret(String name) {
        return new Setting(name, Kind.SECRET, null);
    }

    public boolean isOptional() {
        return kind == Kind.OPTIONAL_TEXT;
    }

    public boolean isSecret() {
        return kind == Kind.SECRET;
    }
}
