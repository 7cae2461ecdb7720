package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.kamelet.Binding.Bound;
import com.mobileapiconnect.bridge.route.RunningTemplate;
import com.mobileapiconnect.bridge.route.Templates;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.thread.Threads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The running routes of connectors: one for each whose route is the same for all connections, otherwise one for each
 * connection that has deliveries. Made on demand, ended when idle, and never more than the settings allow.
 */
@Component
class Instances implements DisposableBean {

    private static final int SWEEP_SECONDS = 5;

    private final Templates templates;
    private final KameletSettings settings;
    private final ScheduledExecutorService timer = Threads.timer("connector-idle");
    private final Map<String, Instance> running = new HashMap<>(); // guarded by this

    Instances(Templates templates, KameletSettings settings) {
        this.templates = templates;
        this.settings = settings;
        timer.scheduleWithFixedDelay(() -> sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** A route for one or more deliveries; each gives it back. */
    final class Instance {

        private final Kamelet kamelet;
        private final @Nullable Target target;
        private final Bound bound;
        private @Nullable RunningTemplate template; // guarded by this
        private volatile @Nullable RuntimeException failure;
        // guarded by Instances.this
        private int inUse;
        private boolean retired;
        private long lastUsed;

        private Instance(Kamelet kamelet, @Nullable Target target, Bound bound) {
            this.kamelet = kamelet;
            this.target = target;
            this.bound = bound;
        }

        private boolean isFor(Kamelet wanted, Target of) {
            return kamelet == wanted && (target == null || target == of);
        }

        /** Returns the route, started by whoever comes first; throws a refusal if it does not start. */
        synchronized RunningTemplate template() {
            RuntimeException failed = failure;
            if (failed != null) {
                throw failed;
            }
            RunningTemplate known = template;
            if (known == null) {
                try {
                    known = templates.start(bound.route(), bound.beans());
                } catch (RuntimeException e) {
                    failure = e;
                    throw e;
                }
                template = known;
            }
            return known;
        }

        Map<String, String> variables() {
            return bound.variables();
        }

        void giveBack() {
            boolean end;
            synchronized (Instances.this) {
                inUse--;
                lastUsed = System.nanoTime();
                retired |= failure != null;
                end = retired && inUse == 0;
            }
            if (end) {
                end();
            }
        }

        private synchronized void end() {
            if (template != null) {
                templates.end(template);
                template = null;
                failure = new IllegalStateException("The route has ended");
            }
        }
    }

    /** Returns the route for a delivery of this connection; empty if there are too many, and all of them are in use. */
    Optional<Instance> of(Kamelet kamelet, ErpConnection connection) {
        String key = kamelet.isShared() ? kamelet.name() : connection.id();
        List<Instance> ended = new ArrayList<>();
        Optional<Instance> found;
        synchronized (this) {
            found = find(key, kamelet, connection, ended);
        }
        ended.forEach(Instance::end);
        return found;
    }

    private Optional<Instance> find(String key, Kamelet kamelet, ErpConnection connection, List<Instance> ended) {
        Instance known = running.get(key);
        if (known != null && (known.retired || !known.isFor(kamelet, connection.target()))) {
            retire(key, known, ended);
            known = null;
        }
        if (known == null) {
            if (running.size() >= settings.mostInstances() && !makeRoom(ended)) {
                return Optional.empty();
            }
            Target target = kamelet.isShared() ? null : connection.target();
            known = new Instance(kamelet, target, kamelet.bind(values(connection.properties(), connection.secrets())));
            running.put(key, known);
        }
        known.inUse++;
        known.lastUsed = System.nanoTime();
        return Optional.of(known);
    }

    /** Returns the values of a connection's properties as people may see them. */
    static Function<String, @Nullable String> masked(ErpConnection connection) {
        Map<String, Redacted> masked = new HashMap<>();
        connection.secrets().keySet().forEach(name -> masked.put(name, new Redacted(Preview.MASK)));
        return values(connection.properties(), masked);
    }

    static Function<String, @Nullable String> values(JsonNode plain, Map<String, Redacted> secrets) {
        return name -> {
            Redacted secret = secrets.get(name);
            JsonNode value = plain.path(name);
            if (secret != null) {
                return secret.reveal();
            } else if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            return value.isValueNode() ? value.asText() : value.toString();
        };
    }

    private void retire(String key, Instance instance, List<Instance> ended) {
        running.remove(key, instance);
        instance.retired = true;
        if (instance.inUse == 0) {
            ended.add(instance);
        }
    }

    /** Ends the one that was used longest ago and is not in use; false if all are. */
    private boolean makeRoom(List<Instance> ended) {
        Optional<Map.Entry<String, Instance>> idle = running.entrySet().stream()
                .filter(each -> each.getValue().inUse == 0)
                .min(Comparator.comparingLong(each -> each.getValue().lastUsed));
        idle.ifPresent(each -> retire(each.getKey(), each.getValue(), ended));
        return idle.isPresent();
    }

    /** Ends those that are idle. */
    void sweep(long now) {
        List<Instance> ended = new ArrayList<>();
        synchronized (this) {
            Map.copyOf(running).forEach((key, instance) -> {
                if (instance.inUse == 0
                        && now - instance.lastUsed >= settings.idleAfter().toNanos()) {
                    retire(key, instance, ended);
                }
            });
        }
        ended.forEach(Instance::end);
    }

    synchronized int count() {
        return running.size();
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        List<Instance> all;
        synchronized (this) {
            all = List.copyOf(running.values());
            running.clear();
        }
        all.forEach(Instance::end);
    }
}
