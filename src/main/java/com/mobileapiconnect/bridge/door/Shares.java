package com.mobileapiconnect.bridge.door;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number of places, of which no owner has more than its share. An owner that is null has no share to keep to. */
final class Shares<K> {

    private final int most;
    private final int share;
    private final Map<K, Integer> taken = new HashMap<>();
    private int all;

    Shares(int most, int share) {
        this.most = most;
        this.share = share;
    }

    synchronized boolean take(@Nullable K owner) {
        if (all >= most || (owner != null && taken.getOrDefault(owner, 0) >= share)) {
            return false;
        }
        all++;
        if (owner != null) {
            taken.merge(owner, 1, Integer::sum);
        }
        return true;
    }

    synchronized void giveBack(@Nullable K owner) {
        all--;
        if (owner != null) {
            taken.computeIfPresent(owner, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns who is in the way of one more place for this owner: itself, or, if there is none at all, who has most. */
    synchronized @Nullable K inTheWayOf(@Nullable K owner) {
        if (all < most) {
            return owner;
        }
        return taken.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    synchronized int taken() {
        return all;
    }
}
