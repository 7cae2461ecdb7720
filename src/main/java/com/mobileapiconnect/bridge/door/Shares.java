package com.mobileapiconnect.bridge.door;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number of places, of which no owner has more than its share; or an amount of anything else, such as bytes. An owner
 * that is null has no share to keep to.
 */
public final class Shares<K> {

    private final long most;
    private final long share;
    private final Map<K, Long> taken = new HashMap<>();
    private long all;

    public Shares(long most, long share) {
        this.most = most;
        this.share = share;
    }

    boolean take(@Nullable K owner) {
        return take(owner, 1);
    }

    public synchronized boolean take(@Nullable K owner, long amount) {
        if (all + amount > most || (owner != null && taken.getOrDefault(owner, 0L) + amount > share)) {
            return false;
        }
        all += amount;
        if (owner != null) {
            taken.merge(owner, amount, Long::sum);
        }
        return true;
    }

    /** Returns whether so much is left, for somebody who keeps to a share. */
    public synchronized boolean hasRoom(long amount) {
        return all + amount <= most;
    }

    void giveBack(@Nullable K owner) {
        giveBack(owner, 1);
    }

    public synchronized void giveBack(@Nullable K owner, long amount) {
        all -= amount;
        if (owner != null) {
            taken.computeIfPresent(owner, (same, has) -> has == amount ? null : has - amount);
        }
    }

    /** Returns whether an owner has all that it may have. */
    synchronized boolean isUsedUpBy(@Nullable K owner) {
        return owner != null && takenBy(owner) >= share;
    }

    /** Returns how much an owner has; zero for one that has no share to keep to. */
    public synchronized long takenBy(@Nullable K owner) {
        return owner == null ? 0 : taken.getOrDefault(owner, 0L);
    }

    synchronized long taken() {
        return all;
    }
}
