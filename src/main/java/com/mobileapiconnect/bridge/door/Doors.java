package com.mobileapiconnect.bridge.door;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of all doors. Half of all turns are for phones that bring messages, an eighth for the outbox, a quarter for
 * everything else, and a few for the health. No door lends its turns to another.
 */
final class Doors {

    private final Map<Door, Turns> turns = new EnumMap<>(Door.class);
    private final int all;

    /**
     * @param server runs work on the server's threads
     * @param others runs the work of the door for everything else; null: the server's threads too
     */
    Doors(int most, Executor server, @Nullable Executor others, LongSupplier nanoTime) {
        int sum = 0;
        for (Door door : Door.values()) {
            int own = share(door, most);
            Executor executor = door == Door.OTHER && others != null ? others : server;
            turns.put(door, new Turns(own, executor, executor != server, nanoTime));
            sum += own;
        }
        this.all = sum;
    }

    /** Returns the turns of a door when there are so many in all. */
    static int share(Door door, int most) {
        return Math.max(1, most / partOf(door));
    }

    private static int partOf(Door door) {
        return switch (door) {
            case INTAKE -> 2;
            case OUTBOX -> 8;
            case OTHER -> 4;
            case HEALTH -> 50;
        };
    }

    @SuppressWarnings("NullAway") // each door has its turns
    Turns of(Door door) {
        return turns.get(door);
    }

    /** Returns how many requests may be worked on at once. */
    int all() {
        return all;
    }
}
