package com.mobileapiconnect.bridge.mapping;

import org.jspecify.annotations.Nullable;

/** The values that the names of a mapping have for a message. */
@FunctionalInterface
public interface Values {

    /** Returns null for what the message lacks. */
    @Nullable String get(String name);
}
