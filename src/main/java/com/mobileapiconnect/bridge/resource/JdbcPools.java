package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The pools of databases: each tenant that uses a database has its own, so that its locked tables hold up nobody else.
 * Pools come with the first call, and go when nobody uses them, or when the operator changes the resource.
 */
@Component
@EnableConfigurationProperties(ResourceSettings.class)
public class JdbcPools implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcPools.class);

    static final int MOST_CUTS = 32;
    private static final long SWEEP_SECONDS = 10;

    private final OwnDatabase own;
    private final Semaphore room;
    private final Map<Key, JdbcPool> pools = new ConcurrentHashMap<>();
    private @Nullable Machinery machinery; // guarded by this

    private record Key(String resource, String tenantId) {}

    /** The threads that are made with the first pool. */
    private record Machinery(ScheduledExecutorService timer, ExecutorService cutting, Future<?> sweeps) {}

    JdbcPools(Resources resources, OwnDatabase own, ResourceSettings settings, MeterRegistry metrics) {
        this.own = own;
        this.room = new Semaphore(settings.mostConnections());
        resources.watch((before, now) -> {
            if (before != null) {
                changed(before.name(), now);
            }
        });
        Gauge.builder("bridge.resource.connections", room, left -> settings.mostConnections() - left.availablePermits())
                .description("Connections to databases of resources")
                .register(metrics);
    }

    /** Returns a tenant's pool of a database. */
    public JdbcPool of(Resource database, String tenantId) {
        Key key = new Key(database.name(), tenantId);
        JdbcPool known = pools.get(key);
        if (known != null && known.isOf(database)) {
            return known;
        }
        return pools.compute(key, (any, old) -> {
            if (old != null && old.isOf(database)) {
                return old;
            } else if (old != null) {
                old.retire();
            }
            return make(database);
        });
    }

    private JdbcPool make(Resource database) {
        if (!(database.place() instanceof Place.Jdbc place)) {
            throw new IllegalArgumentException(database + " is no database");
        }
        Machinery all = machinery();
        return new JdbcPool(
                database,
                new JdbcConnections(new JdbcSource(place, own), room),
                place.maxConnections(),
                all.timer(),
                all.cutting());
    }

    private synchronized Machinery machinery() {
        Machinery known = machinery;
        if (known == null) {
            ScheduledExecutorService timer = Threads.timer("database-timer");
            known = new Machinery(
                    timer,
                    Threads.upTo(MOST_CUTS, "database-cut"),
                    timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS));
            machinery = known;
        }
        return known;
    }

    /** Closes what nobody has used for a while. */
    void sweep() {
        try {
            pools.forEach((key, pool) -> {
                if (pool.sweep() && pools.remove(key, pool)) {
                    pool.retire(); // somebody may have it still, and uses it once
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("Idle connections to databases were not closed; it is tried again", e);
        }
    }

    /** Returns the number of pools there are. */
    int size() {
        return pools.size();
    }

    /** Called on the writer's thread, which must not wait. */
    private void changed(String name, @Nullable Resource now) {
        pools.forEach((key, pool) -> {
            if (key.resource().equals(name) && (now == null || !pool.isOf(now)) && pools.remove(key, pool)) {
                pool.retire();
            }
        });
    }

    @Override
    public void destroy() {
        pools.values().forEach(JdbcPool::close);
        synchronized (this) {
            if (machinery != null) {
                machinery.timer().shutdownNow();
                machinery.cutting().shutdownNow();
            }
        }
    }
}
