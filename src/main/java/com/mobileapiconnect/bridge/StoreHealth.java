package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while messages are taken: proven by a commit that has to reach the disk, at most once a second. */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {

    private static final long PATIENCE_SECONDS = 5;

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final String BEAT = """
            insert into meta (name, value) values ('heartbeat', ?)
            on conflict (name) do update set value = excluded.value""";

    private final Store store;
    private final Clock clock;
    private volatile Instant lastBeat = Instant.EPOCH;

    StoreHealth(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Health health() {
        try {
            Instant now = clock.instant();
            if (!store.writable() || !now.isBefore(lastBeat.plus(FRESH)) || now.isBefore(lastBeat)) {
                store.write(tx -> tx.sql().sql(BEAT).param(now.toString()).update())
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                lastBeat = now;
            }
            return Health.up().build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down().build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
