package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Rework;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Changes of a tenant's rules and of its whole configuration, one after the other: compiling takes long and would mostly be
 * in vain. A tenant waits for its own changes only, and not for ever.
 */
@Component
public class OneByOne {

    private static final long PATIENCE_SECONDS = 20;

    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /**
     * Tries a change until no other change was quicker. Throws a 503 {@link Problem} if others take too long.
     *
     * @param once makes one try; empty, with nothing changed, if another caller was quicker
     */
    public <T> T until(String tenantId, Supplier<Optional<T>> once) {
        ReentrantLock turn = turns.computeIfAbsent(tenantId, id -> new ReentrantLock());
        begin(turn);
        try {
            return Rework.until(once);
        } finally {
            turn.unlock();
        }
    }

    private static void begin(ReentrantLock turn) {
        try {
            if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.unavailable("Other changes of this tenant's rules take long; nothing was changed.");
    }
}
