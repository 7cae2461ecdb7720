package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Bounds the work that a tenant has under way at the same time, by kind. A request that waits, or takes long, holds one
 * of the tenant's own places, so that it takes nothing from other tenants.
 */
@Component
public class AtOnce {

    private static final long RETRY_SECONDS = 1;

    private final Limits limits;
    private final Map<Kind, Integer> taken = new ConcurrentHashMap<>();

    AtOnce(Limits limits) {
        this.limits = limits;
    }

    private record Kind(String tenantId, Limit limit) {}

    /** A place that was taken; given back by {@link #close}, once. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a place; throws a 429 {@link Problem} if the tenant has none left. */
    public Held take(String tenantId, Limit limit) {
        int most = limits.of(tenantId, limit);
        Kind kind = new Kind(tenantId, limit);
        taken.merge(kind, 1, (now, one) -> {
            if (now >= most) {
                throw Problem.tooMany(
                        "This tenant has as many of these requests under way as its limit " + limit.wireName()
                                + " allows, which is " + most + ". Retry after the time in Retry-After.",
                        RETRY_SECONDS);
            }
            return now + one;
        });
        return () -> taken.computeIfPresent(kind, (same, now) -> now == 1 ? null : now - 1);
    }

    /** Begins work that goes on without a thread; its place is free again when the future completes. */
    public <T> CompletableFuture<T> begin(String tenantId, Limit limit, Supplier<CompletableFuture<T>> work) {
        Held place = take(tenantId, limit);
        CompletableFuture<T> begun;
        try {
            begun = work.get();
        } catch (RuntimeException | Error e) {
            place.close();
            throw e;
        }
        return begun.whenComplete((done, failure) -> place.close());
    }
}
