package com.mobileapiconnect.bridge.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /** A row that is written: as it is, null for a new one, and as it is to be. */
    record Put<V>(@Nullable V before, V now) {}

    /**
     * Reads several live rows, as {@link #find} does; returns those that there are.
     *
     * @param known the values in memory
     */
    default Map<K, V> findAll(JdbcClient sql, Collection<K> keys, Function<K, @Nullable V> known) {
        Map<K, V> found = new HashMap<>();
        for (K key : keys) {
            V row = find(sql, key, known.apply(key));
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    /** Writes several rows, as {@link #put} does; returns them in the same order. */
    default List<V> putAll(Transaction tx, List<Put<V>> puts) {
        return puts.stream().map(put -> put(tx, put.before(), put.now())).toList();
    }

    /** Ends several rows, as {@link #remove} does. */
    default void removeAll(Transaction tx, List<V> before) {
        before.forEach(row -> remove(tx, row));
    }

    /** Ends a row, which no other method finds afterwards. */
    default void remove(Transaction tx, V before) {
        throw new UnsupportedOperationException("Is never removed: " + key(before));
    }
}
