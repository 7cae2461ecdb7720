package com.mobileapiconnect.bridge.store;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Repeats work that takes too long for the writer. The caller's thread works from the published values, and the unit
 * only checks that they are unchanged. After a change by another caller the work starts again from the new values.
 */
public final class Rework {

    /**
     * The most tries. Each failed one is a change of the same object by another caller, so the bound is never reached.
     */
    private static final int MOST = 100;

    private Rework() {}

    /** @param once makes one try; empty, with nothing changed, if another caller was quicker */
    public static <T> T until(Supplier<Optional<T>> once) {
        for (int i = 0; i < MOST; i++) {
            Optional<T> done = once.get();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new StoreUnavailableException("Other callers change the same object all the time", null);
    }
}
