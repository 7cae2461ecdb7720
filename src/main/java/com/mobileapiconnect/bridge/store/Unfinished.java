package com.mobileapiconnect.bridge.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** Returns one of these targets that has unfinished work; empty if there is none. */
    default Optional<String> firstOf(JdbcClient sql, Collection<String> targetIds) {
        return targetIds.stream()
                .filter(id -> noneOf(sql, Removal.ofTarget(id)).isEmpty())
                .findFirst();
    }

    /** Checks on the writer the work that was added after {@link #noneOf}. */
    @FunctionalInterface
    interface Since {

        /** The check of work that belongs to nothing removed. */
        Since NEVER = tx -> false;

        boolean unfinished(Transaction tx);
    }

    /** Throws a 429 problem if the tenant has no room for another job; asked before a unit that discards. */
    default void requireRoom(String tenantId) {}

    /**
     * Removals of a tenant whose unfinished work is to end.
     *
     * @param asked whether a caller asked for it, so that the bound on the tenant's jobs applies
     */
    record Discarded(String tenantId, List<Removal> removals, boolean asked) {}

    /**
     * Ends unfinished work as failed, reason {@code deleted}: with the commit, or by a job that begins with it.
     *
     * @return the job's id; null if there is none
     */
    @Nullable String discard(Transaction tx, Discarded discarded);

    /** Ends the unfinished work of all features; returns the id of the job that does, null if there is none. */
    static @Nullable String discard(Transaction tx, List<Unfinished> features, Discarded discarded) {
        String job = null;
        for (Unfinished feature : features) {
            String begun = feature.discard(tx, discarded);
            job = job == null ? begun : job;
        }
        return job;
    }
}
