package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes old rows in steps: a reader finds some and the writer removes them in a unit of its own, until none are left.
 * The next run repeats a step that a crash has lost.
 *
 * @param <K> key of a row, with its place in the order of age
 */
public record Ageing<K>(Period period, Finding<K> finding, Removing<K> removing) {

    /** Looks for rows that are older than the period. */
    @FunctionalInterface
    public interface Finding<K> {

        /**
         * Returns the next rows to remove, the oldest first; may look at no more than a few times {@code limit} rows.
         *
         * @param after  the place that the last step came to; null at the beginning
         * @param before the moment before which a row is old enough
         * @param limit  the most rows to return
         */
        Found<K> find(JdbcClient sql, @Nullable K after, Instant before, int limit);
    }

    /** Removes rows that were found. */
    @FunctionalInterface
    public interface Removing<K> {

        /** Removes those rows that may still be removed, which only the writer can decide; returns their number. */
        int remove(Transaction tx, List<K> rows) throws SQLException;
    }

    /**
     * The rows that a step takes on.
     *
     * @param next the place to go on from, which may lie behind rows that are kept; null when there is nothing more
     */
    public record Found<K>(List<K> rows, @Nullable K next) {

        /** Goes on behind the last of these, as long as there are any. */
        public static <K> Found<K> upToLast(List<K> rows) {
            return new Found<>(rows, rows.isEmpty() ? null : rows.get(rows.size() - 1));
        }
    }
}
