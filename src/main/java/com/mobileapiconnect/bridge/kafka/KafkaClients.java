package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.resource.Resource;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clients of brokers: for each tenant, broker and time of calls one, which comes with the first record and goes when
 * nobody sends any more, or when the operator changes the resource.
 */
final class KafkaClients implements AutoCloseable {

    static final int MOST = 64;
    static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long SWEEP_SECONDS = 30;
    /** A record's time is the longest of these that a call's timeout allows, so that few clients are needed. */
    private static final int[] TIMEOUTS = {30_000, 16_000, 8_000, 4_000, 2_000, 1_000};

    private final Map<Key, KafkaClient> clients = new HashMap<>(); // guarded by itself
    private final ScheduledExecutorService timer = Threads.timer("kafka-timer");

    private record Key(String resource, String tenantId, int timeoutMillis) {}

    KafkaClients(Resources resources) {
        timer.scheduleWithFixedDelay(() -> sweep(IDLE_NANOS), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        resources.watch((before, now) -> {
            if (before != null) {
                changed(before.name(), now);
            }
        });
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Returns null if there are too many already. */
    @Nullable KafkaClient of(Resource broker, String tenantId, Duration timeout) {
        Key key = new Key(broker.name(), tenantId, millis(timeout));
        synchronized (clients) {
            KafkaClient known = clients.get(key);
            if (known != null && known.isOf(broker)) {
                return known;
            } else if (known != null) {
                clients.remove(key);
                known.close();
            }
            if (clients.size() >= MOST && !makeRoom()) {
                return null;
            }
            KafkaClient made = new KafkaClient(broker, key.timeoutMillis());
            clients.put(key, made);
            return made;
        }
    }

    private static int millis(Duration timeout) {
        for (int millis : TIMEOUTS) {
            if (timeout.toMillis() >= millis) {
                return millis;
            }
        }
        return TIMEOUTS[TIMEOUTS.length - 1];
    }

    private boolean makeRoom() {
        KafkaClient oldest = clients.values().stream()
                .filter(client -> client.isIdle(0))
                .min(Comparator.comparingLong(KafkaClient::usedNanos))
                .orElse(null);
        if (oldest == null) {
            return false;
        }
        clients.values().remove(oldest);
        oldest.close();
        return true;
    }

    /** Closes those that nobody has used for so long. */
    void sweep(long idleNanos) {
        synchronized (clients) {
            clients.values().removeIf(client -> {
                boolean idle = client.isIdle(idleNanos);
                if (idle) {
                    client.close();
                }
                return idle;
            });
        }
    }

    /** Called on the writer's thread; closing goes on elsewhere. */
    private void changed(String name, @Nullable Resource now) {
        synchronized (clients) {
            clients.entrySet().removeIf(each -> {
                boolean old = each.getKey().resource().equals(name)
                        && (now == null || !each.getValue().isOf(now));
                if (old) {
                    each.getValue().close();
                }
                return old;
            });
        }
    }

    int size() {
        synchronized (clients) {
            return clients.size();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (clients) {
            clients.values().forEach(KafkaClient::end);
            clients.clear();
        }
    }
}
