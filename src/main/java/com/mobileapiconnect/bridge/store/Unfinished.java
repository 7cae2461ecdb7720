package com.mobileapiconnect.bridge.store;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Work that may be unfinished when the target or the device that it belongs to is removed. A feature with such work
 * implements this as a bean; whoever removes a target or a device asks all of these beans.
 */
public interface Unfinished {

    /** The removal of a target or of a device. */
    record Removal(Kind kind, String id) {

        public static Removal ofTarget(String id) {
            return new Removal(Kind.TARGET, id);
        }

        public static Removal ofDevice(String id) {
            return new Removal(Kind.DEVICE, id);
        }
    }

    /** The kind of what is removed. */
    enum Kind {
        TARGET,
        DEVICE
    }

    /**
     * Searches for unfinished work. Returns empty if there is some, otherwise the check for the unit that makes the
     * removal. The search may take long for a device, so it belongs on a reader; for a target it is short.
     */
    Optional<Since> noneOf(JdbcClient sql, Removal removal);

    /** Checks on the writer the work that was added after {@link #noneOf}. */
    @FunctionalInterface
    interface Since {

        /** The check of work that belongs to nothing removed. */
        Since NEVER = tx -> false;

        boolean unfinished(Transaction tx);
    }

    /** Ends unfinished work as failed, reason {@code deleted}: with the commit, or in steps soon after it. */
    void discard(Transaction tx, Removal removal);

    /** Waits until that work has ended, for a minute at most; the work continues in any case. */
    default void awaitDiscarded(Removal removal) {}
}
