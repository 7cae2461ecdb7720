package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps one tenant from using up the bridge: a token bucket that holds one second's worth. Kept as a single number,
 * the moment at which the bucket would be full again.
 */
@Component
class RequestRate {

    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long costNanos;
    private final LongSupplier nanoTime;
    private final Map<String, AtomicLong> fullAt = new ConcurrentHashMap<>();

    @Autowired
    RequestRate(TenantSettings settings) {
        this(settings.requestsPerSecond(), System::nanoTime);
    }

    RequestRate(int perSecond, LongSupplier nanoTime) {
        this.costNanos = BURST_NANOS / Math.max(1, perSecond);
        this.nanoTime = nanoTime;
    }

    /** Takes a request from the bucket; throws a 429 {@link Problem} if the bucket is empty. */
    void take(String tenantId) {
        long now = nanoTime.getAsLong();
        AtomicLong full = fullAt.computeIfAbsent(tenantId, id -> new AtomicLong(now));
        while (true) {
            long at = full.get();
            long next = Math.max(at, now) + costNanos;
            if (next - now > BURST_NANOS) {
                throw Problem.tooMany(1);
            }
            if (full.compareAndSet(at, next)) {
                return;
            }
        }
    }
}
