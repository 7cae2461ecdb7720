package com.mobileapiconnect.bridge.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the rows of a tenant that is being deleted, in steps: a reader finds some and the writer removes them in a unit
 * of its own, until none are left. A step that a crash has lost is repeated.
 *
 * @param <K> key of a row
 */
public record Leaving<K>(Finding<K> finding, Removing<K> removing) {

    /** Finds rows of a tenant. */
    @FunctionalInterface
    public interface Finding<K> {

        /** Returns up to {@code limit} rows, none once there are none left. */
        List<K> find(JdbcClient sql, String tenantId, int limit);
    }

    /** Removes rows that were found. */
    @FunctionalInterface
    public interface Removing<K> {

        /** Removes rows with what depends on them; returns the number of rows that are gone by it. */
        int remove(Transaction tx, List<K> rows) throws SQLException;
    }

    /** Reads the key of a found row. */
    @FunctionalInterface
    public interface Key<K> {
        K of(ResultSet row) throws SQLException;
    }

    /**
     * Finds rows by a statement, and removes them by code of the feature.
     *
     * @param find takes the tenant's id and the limit
     */
    public static <K> Leaving<K> of(String find, Key<K> key, Removing<K> removing) {
        return new Leaving<>(
                (sql, tenantId, limit) -> sql.sql(find)
                        .params(tenantId, limit)
                        .query((row, n) -> key.of(row))
                        .list(),
                removing);
    }

    /**
     * Finds rows by a column and removes them by it.
     *
     * @param table  a table with a column {@code tenant_id}
     * @param column the column that tells its rows apart
     */
    public static Leaving<Object> of(String table, String column) {
        String find = "select %s from %s where tenant_id = ? limit ?".formatted(column, table);
        String remove = "delete from %s where %s in (:keys)".formatted(table, column);
        return of(
                find,
                row -> row.getObject(1),
                (tx, keys) -> tx.sql().sql(remove).param("keys", keys).update());
    }
}
