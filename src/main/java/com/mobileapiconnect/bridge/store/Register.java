package com.mobileapiconnect.bridge.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feature's rows, held in memory. A change can only be made inside a unit of work, from the row as that unit sees it,
 * so no change is lost to another one made at the same time. The change is published on the writer's thread after its
 * commit, in the order of commits, before anybody is told that it is durable; a change that is rolled back is never
 * published. All other threads read what is published, without a lock.
 */
public final class Register<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(Register.class);

    /** Works out the new value of a row. */
    @FunctionalInterface
    public interface Change<V> {

        /**
         * @param now the row; null when there is none
         * @return the new value; {@code now} itself to change nothing
         */
        V of(@Nullable V now);
    }

    /** Follows the published values. */
    @FunctionalInterface
    public interface Watcher<V> {

        /**
         * Called on the writer's thread, in the order of commits; must not wait, and leaves long work to others.
         *
         * @param before the published value; null for a new one
         * @param now    the value published now; null for a removed one
         */
        void changed(@Nullable V before, @Nullable V now);
    }

    private final Store store;
    private final Rows<K, V> rows;
    private final Map<K, V> published = new ConcurrentHashMap<>();
    private final List<Watcher<V>> watchers = new CopyOnWriteArrayList<>();

    /** Reads all rows. */
    public Register(Store store, Rows<K, V> rows) {
        this.store = store;
        this.rows = rows;
        store.read(rows::all).forEach(value -> published.put(rows.key(value), value));
    }

    /** The value as it was last committed. */
    public @Nullable V find(K key) {
        return published.get(key);
    }

    /** All values as they were last committed, in no order; follows later changes. */
    public Collection<V> all() {
        return Collections.unmodifiableCollection(published.values());
    }

    /** Returns the value as this unit sees it, with the changes of this unit and earlier units of its group. */
    @SuppressWarnings("unchecked") // only put() fills the overlay
    public @Nullable V find(Transaction tx, K key) {
        Overlay.Changed own = tx.overlay().get(this, key);
        return own == null ? published.get(key) : (V) own.value();
    }

    /** Returns what this unit, and earlier units of its group, have changed; an empty value for a removed row. */
    @SuppressWarnings("unchecked") // only put() fills the overlay
    public Map<K, Optional<V>> changes(Transaction tx) {
        Map<K, Optional<V>> changes = new HashMap<>();
        tx.overlay().of(this).forEach((key, changed) -> changes.put((K) key, Optional.ofNullable((V) changed.value())));
        return changes;
    }

    /** Changes or makes a row as a part of this unit; returns the value as it is stored. */
    public V change(Transaction tx, K key, Change<V> change) {
        V before = row(tx, key);
        return store(tx, key, before, change.of(before));
    }

    /** Changes a row as a part of this unit, if there is one; returns it as it is stored, null when there is none. */
    public @Nullable V changeIfPresent(Transaction tx, K key, UnaryOperator<V> change) {
        V before = row(tx, key);
        if (before == null) {
            return null;
        }
        return store(tx, key, before, change.apply(before));
    }

    /** Removes a row as a part of this unit; returns its value, null if there is none. */
    public @Nullable V remove(Transaction tx, K key) {
        V before = row(tx, key);
        if (before != null) {
            rows.remove(tx, before);
            put(tx, key, null);
        }
        return before;
    }

    /** Changes or makes several rows as a part of this unit, in few statements. */
    public void changeAll(Transaction tx, Map<K, ? extends Change<V>> changes) {
        Map<K, V> before = rows.findAll(tx.sql(), changes.keySet(), key -> find(tx, key));
        List<Rows.Put<V>> puts = new ArrayList<>();
        changes.forEach((key, change) -> {
            V row = before.get(key);
            V wanted = change.of(row);
            if (wanted != row) {
                puts.add(new Rows.Put<>(row, wanted));
            }
        });
        rows.putAll(tx, puts).forEach(now -> put(tx, rows.key(now), now));
    }

    /** Removes several rows as a part of this unit, in few statements; returns those that there were. */
    public List<V> removeAll(Transaction tx, Collection<K> keys) {
        Map<K, V> before = rows.findAll(tx.sql(), keys, key -> find(tx, key));
        List<V> removed =
                keys.stream().map(before::get).filter(Objects::nonNull).toList();
        rows.removeAll(tx, removed);
        removed.forEach(row -> put(tx, rows.key(row), null));
        return removed;
    }

    /** Takes over changes that others have written into these rows; completes when they are published. */
    public CompletableFuture<?> reload(Collection<K> keys) {
        return store.write(tx -> {
            keys.forEach(key -> reload(tx, key));
            return keys;
        });
    }

    private void reload(Transaction tx, K key) {
        V known = find(tx, key);
        V now = rows.find(tx.sql(), key, known);
        if (now == null ? known != null : !now.equals(known)) {
            put(tx, key, now);
        }
    }

    /** Tells the watcher of every change from now on, in order. */
    public void watch(Watcher<V> watcher) {
        watchers.add(watcher);
    }

    private @Nullable V row(Transaction tx, K key) {
        return rows.find(tx.sql(), key, find(tx, key));
    }

    private V store(Transaction tx, K key, @Nullable V before, V wanted) {
        if (wanted == before) {
            return wanted;
        }
        V now = rows.put(tx, before, wanted);
        put(tx, key, now);
        return now;
    }

    private void put(Transaction tx, K key, @Nullable V now) {
        tx.overlay().put(this, key, now);
        tx.afterCommit(() -> publish(key, now), later -> reload(later, key));
    }

    private void publish(K key, @Nullable V now) {
        V before = now == null ? published.remove(key) : published.put(key, now);
        for (Watcher<V> watcher : watchers) {
            try {
                watcher.changed(before, now);
            } catch (RuntimeException e) {
                LOG.error("A change of {} is committed, but a listener failed to follow it", key, e);
            }
        }
    }
}
