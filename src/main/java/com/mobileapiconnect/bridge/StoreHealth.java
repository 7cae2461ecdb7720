package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while messages are taken: proven by an empty commit, not by a flag that may be old. */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {

    private static final long PATIENCE_SECONDS = 5;

    private final Store store;

    StoreHealth(Store store) {
        this.store = store;
    }

    @Override
    public Health health() {
        try {
            store.write(tx -> tx).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return store.writable() ? Health.up().build() : Health.down().build();
        } catch (ExecutionException | TimeoutException | CompletionException | StoreUnavailableException e) {
            return Health.down().build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
