package com.mobileapiconnect.bridge.route;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted text of a route.
 *
 * @param version counts from 1
 * @param text    null for a deletion
 * @param author  {@code operator}, or {@code file} for one that was saved on the machine
 * @param source  the way by which it came: {@code api}, {@code file}, {@code rollback}
 */
record RouteVersion(
        String name,
        long version,
        @Nullable String text,
        Instant at,
        String author,
        @Nullable String reason,
        String source) {}
