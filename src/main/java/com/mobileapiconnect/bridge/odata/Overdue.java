package com.mobileapiconnect.bridge.odata;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts, for each connection, the calls that go on although their time is up. */
final class Overdue {

    /** The most calls of a connection that may be stuck; it makes none while there are so many. */
    static final int MOST = 4;

    private final Map<String, Set<Turn>> underWay = new HashMap<>(); // guarded by this

    /** A call that is under way. */
    final class Turn implements AutoCloseable {

        private final String connection;
        private final long deadlineNanos;

        private Turn(String connection, long deadlineNanos) {
            this.connection = connection;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public void close() {
            end(this);
        }
    }

    /** Returns null if too many are stuck. */
    synchronized @Nullable Turn begin(String connection, long deadlineNanos) {
        Set<Turn> turns = underWay.computeIfAbsent(connection, any -> new HashSet<>());
        long now = System.nanoTime();
        if (turns.stream().filter(turn -> turn.deadlineNanos - now < 0).count() >= MOST) {
            return null;
        }
        Turn turn = new Turn(connection, deadlineNanos);
        turns.add(turn);
        return turn;
    }

    private synchronized void end(Turn turn) {
        underWay.computeIfPresent(turn.connection, (connection, turns) -> {
            turns.remove(turn);
            return turns.isEmpty() ? null : turns;
        });
    }
}
