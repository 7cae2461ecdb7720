package com.mobileapiconnect.bridge.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The idle connections of a loop; only the loop touches them. */
final class Pool implements Connection.Idle {

    private final int most;
    private final Map<Route, Deque<Connection>> idle = new HashMap<>();
    private int size;

    /** @param most connections that may be idle; those beyond are closed after their call */
    Pool(int most) {
        this.most = most;
    }

    /** Takes the connection that was used last, so that those beyond the need grow old. */
    @Nullable Connection take(Route route) {
        Deque<Connection> those = idle.get(route);
        while (those != null && !those.isEmpty()) {
            Connection connection = those.removeLast();
            size--;
            if (connection.usable()) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    @Override
    public void put(Connection connection) {
        if (size == most) {
            connection.close();
            return;
        }
        size++;
        idle.computeIfAbsent(connection.route(), any -> new ArrayDeque<>(2)).addLast(connection);
    }

    @Override
    public void remove(Connection connection) {
        Deque<Connection> those = idle.get(connection.route());
        if (those != null && those.remove(connection)) {
            size--;
            if (those.isEmpty()) {
                idle.remove(connection.route());
            }
        }
    }

    /** Closes what has been idle for so long. */
    void closeIdle(long nanos) {
        close(connection -> connection.idleFor(nanos) || !connection.usable());
    }

    void closeIdleOf(String tenantId) {
        close(connection -> connection.isOf(tenantId));
    }

    private void close(Predicate<Connection> which) {
        List<Connection> old = new ArrayList<>();
        idle.values().forEach(those -> those.stream().filter(which).forEach(old::add));
        old.forEach(connection -> {
            remove(connection);
            connection.close();
        });
    }
}
