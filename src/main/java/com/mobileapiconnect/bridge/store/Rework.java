package com.mobileapiconnect.bridge.store;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Repeats work that is too much for the writer: it is done on its caller's thread, from what is published, and the unit
 * only looks whether that is still so. When somebody else was quicker, it is done again from what is published then.
 */
public final class Rework {

    /** Each failed try is a change that somebody else has made; nobody is that busy with one object. */
    private static final int MOST = 100;

    private Rework() {}

    /** @param once tries it; empty, with nothing changed, when somebody else was quicker */
    public static <T> T until(Supplier<Optional<T>> once) {
        for (int i = 0; i < MOST; i++) {
            Optional<T> done = once.get();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new StoreUnavailableException("Others change the same all the time", null);
    }
}
