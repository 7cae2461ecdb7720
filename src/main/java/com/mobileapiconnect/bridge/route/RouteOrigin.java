package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The author of a new text, and the way by which it came.
 *
 * @param who    for the audit log
 * @param source {@code api}, {@code file} or {@code rollback}; null if it is kept already
 * @param kept   the version, if another node has kept it; null for a new one
 */
record RouteOrigin(
        Caller who,
        String author,
        @Nullable String reason,
        @Nullable String source,
        @Nullable RouteVersion kept) {

    static final String API = "api";
    static final String FILE = "file";
    static final String ROLLBACK = "rollback";

    /** A file that was saved on this machine. */
    static final RouteOrigin OF_FILE = new RouteOrigin(new Caller.OfOperator("", ""), FILE, null, FILE, null);

    static RouteOrigin of(Caller who, @Nullable String reason, String source) {
        return new RouteOrigin(who, who.name(), reason, source, null);
    }

    /** A version that another node has kept. */
    static RouteOrigin kept(RouteVersion version) {
        return new RouteOrigin(new Caller.OfOperator("", ""), version.author(), null, null, version);
    }

    RouteVersion version(String name, long number, @Nullable String text, Instant at) {
        return kept != null
                ? kept
                : new RouteVersion(name, number, text, at, author, reason, source == null ? "" : source);
    }
}
