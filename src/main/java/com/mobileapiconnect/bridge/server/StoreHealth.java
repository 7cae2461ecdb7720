package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.store.Store;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports up while messages are accepted, proven by a commit that has to reach the disk, at most once a second, and by
 * phones that were not turned away.
 */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {

    private static final long PATIENCE_SECONDS = 5;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Store store;
    private final UnansweredPhones phones;

    StoreHealth(Store store, UnansweredPhones phones) {
        this.store = store;
        this.phones = phones;
    }

    @Override
    public Health health() {
        try {
            if (store.sinceCommitNanos() > FRESH_NANOS) {
                store.beat().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            return phones.lately() ? Health.down().build() : Health.up().build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down().build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
