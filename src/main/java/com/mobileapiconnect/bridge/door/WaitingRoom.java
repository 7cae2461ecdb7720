package com.mobileapiconnect.bridge.door;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of guests that wait, of whom no owner has more than its share. Each new guest is let in, and one that
 * has waited longest leaves for it: of the same owner, or, when the room is full, of the owner with the most guests. So a
 * caller that waits only for a moment gets in, whatever those do who never finish.
 */
public final class WaitingRoom<K, G> {

    private final int most;
    private final int share;
    private final Map<K, Set<G>> guests = new HashMap<>();
    private int count;

    public WaitingRoom(int most, int share) {
        this.most = most;
        this.share = share;
    }

    /** Returns the guest that has to leave, and is out of the room already; null if there is room for all. */
    public synchronized @Nullable G enter(K owner, G guest) {
        Set<G> own = guests.computeIfAbsent(owner, same -> new LinkedHashSet<>());
        if (!own.add(guest)) {
            return null;
        }
        count++;
        if (own.size() > share) {
            return longest(owner, own);
        }
        return count > most ? longestOfTheMost() : null;
    }

    public synchronized boolean leave(K owner, G guest) {
        Set<G> own = guests.get(owner);
        return own != null && own.remove(guest) && left(owner, own);
    }

    public synchronized int count() {
        return count;
    }

    private @Nullable G longestOfTheMost() {
        return guests.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .map(each -> longest(each.getKey(), each.getValue()))
                .orElse(null);
    }

    private G longest(K owner, Set<G> own) {
        Iterator<G> all = own.iterator();
        G first = all.next();
        all.remove();
        left(owner, own);
        return first;
    }

    private boolean left(K owner, Set<G> own) {
        count--;
        if (own.isEmpty()) {
            guests.remove(owner);
        }
        return true;
    }
}
