package com.mobileapiconnect.bridge.door;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The connections on which nothing is under way, as they were when they were last looked at. All of them are looked at a
 * few times a second at most, however many callers find no room: whoever comes in between has what that look found. Only
 * the acceptor's thread uses it.
 */
final class IdleConnections {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<Collection<CallerConnection>> all;
    private final Shares<InetAddress> room;
    private final LongSupplier nanoTime;
    /** Idle connections of each owner, the longest idle first. */
    private final Map<@Nullable InetAddress, Deque<Seen>> byOwner = new HashMap<>();
    /** The same, the owner with the most connections first. */
    private final Deque<Deque<Seen>> largestFirst = new ArrayDeque<>();

    private boolean looked;
    private long lookedAt;

    /** @param read when the connection was last read from: whatever comes later ends its idleness */
    private record Seen(CallerConnection connection, long read) {}

    IdleConnections(Supplier<Collection<CallerConnection>> all, Shares<InetAddress> room, LongSupplier nanoTime) {
        this.all = all;
        this.room = room;
        this.nanoTime = nanoTime;
    }

    /** Closes the owner's connection that has been idle longest; returns whether there was one. */
    boolean closeOneOf(@Nullable InetAddress owner) {
        return closeOneOfSeen(owner) || (look() && closeOneOfSeen(owner));
    }

    private boolean closeOneOfSeen(@Nullable InetAddress owner) {
        Deque<Seen> seen = byOwner.get(owner);
        return seen != null && closeFirst(seen);
    }

    /**
     * Closes an idle connection in favour of an owner: of the one with the most connections that has any idle, but not of
     * one that has fewer than the owner itself. Returns whether there was one.
     */
    boolean closeOneFor(@Nullable InetAddress owner) {
        return closeOneOfTheLargest(owner) || (look() && closeOneOfTheLargest(owner));
    }

    private boolean closeOneOfTheLargest(@Nullable InetAddress owner) {
        long own = room.takenBy(owner);
        while (!largestFirst.isEmpty()) {
            Deque<Seen> largest = largestFirst.getFirst();
            if (!largest.isEmpty()
                    && room.takenBy(largest.getFirst().connection().owner()) >= own
                    && closeFirst(largest)) {
                return true;
            }
            largestFirst.removeFirst();
        }
        return false;
    }

    /** Closes the first that is still idle; one that was used meanwhile is idle no longer, or not for the longest time. */
    private static boolean closeFirst(Deque<Seen> seen) {
        for (Seen first = seen.poll(); first != null; first = seen.poll()) {
            if (first.connection().getLastRead() == first.read()
                    && first.connection().closeIfIdle()) {
                return true;
            }
        }
        return false;
    }

    /** Returns false if the last look was only just. */
    private boolean look() {
        long now = nanoTime.getAsLong();
        if (looked && now - lookedAt < LOOK_AGAIN_NANOS) {
            return false;
        }
        looked = true;
        lookedAt = now;
        byOwner.clear();
        List<Seen> idle = all.get().stream()
                .filter(CallerConnection::isIdle)
                .map(connection -> new Seen(connection, connection.getLastRead()))
                .sorted(Comparator.comparingLong(Seen::read))
                .collect(Collectors.toCollection(ArrayList::new));
        for (Seen seen : idle) {
            byOwner.computeIfAbsent(seen.connection().owner(), first -> new ArrayDeque<>())
                    .add(seen);
        }
        largestFirst.clear();
        byOwner.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -room.takenBy(entry.getKey())))
                .forEach(entry -> largestFirst.add(entry.getValue()));
        return true;
    }
}
