package com.mobileapiconnect.bridge.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL behind a {@link Register}: how its values are read and written as rows. */
public interface Rows<K, V> {

    K key(V value);

    /** Reads every live row, once at the start. */
    List<V> all(JdbcClient sql);

    /**
     * Reads one live row as this connection sees it; null if there is none.
     *
     * @param known the value in memory; may be returned if a cheaper check of the row shows that it is current
     */
    @Nullable V find(JdbcClient sql, K key, @Nullable V known);

    /**
     * Writes a row and returns the value as it is stored now, its version counted up.
     *
     * @param before the row as it is; null when this is a new one
     */
    V put(Transaction tx, @Nullable V before, V now);

    /** Ends a row, which no other method finds afterwards. */
    default void remove(Transaction tx, V before) {
        throw new UnsupportedOperationException("Is never removed: " + key(before));
    }
}
