package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All targets, held in memory: every message asks for its tenant's, every attempt for its own. */
@Component
public class Targets {

    private static final Comparator<Target> OLDEST_FIRST =
            Comparator.comparing(Target::createdAt).thenComparing(Target::id);

    private final Store store;
    private final TargetRows rows;
    private final Map<String, Target> byId = new ConcurrentHashMap<>();
    private final Map<String, List<Target>> byTenant = new ConcurrentHashMap<>();
    private final List<Consumer<Target>> watchers = new CopyOnWriteArrayList<>();

    Targets(Store store, Vault vault) {
        this.store = store;
        this.rows = new TargetRows(vault);
        store.read(rows::all).forEach(this::publish);
    }

    public Optional<Target> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What the tenant's people have set up, oldest first; a snapshot. The actions of rules are not among them. */
    public List<Target> ofTenant(String tenantId) {
        return byTenant.getOrDefault(tenantId, List.of());
    }

    public Collection<Target> all() {
        return List.copyOf(byId.values());
    }

    /** The tenant's forward-all webhook, if it was ever set. */
    public Optional<Target> webhookOf(String tenantId) {
        return single(tenantId, Target.Type.WEBHOOK);
    }

    /** Where the tenant hears of what the bridge itself has to say, if it was ever set. */
    public Optional<Target> operationsOf(String tenantId) {
        return single(tenantId, Target.Type.OPERATIONS);
    }

    Optional<Target> single(String tenantId, Target.Type type) {
        return ofTenant(tenantId).stream().filter(t -> t.type() == type).findFirst();
    }

    /** A connection, an action, {@code webhook} or {@code operations}, of this tenant; another tenant's does not exist for it. */
    public Optional<Target> ofTenant(String tenantId, String publicId) {
        Optional<Target> found =
                switch (publicId) {
                    case "webhook" -> webhookOf(tenantId);
                    case "operations" -> operationsOf(tenantId);
                    default -> find(publicId);
                };
        return found.filter(t -> t.tenantId().equals(tenantId) && t.publicId().equals(publicId));
    }

    /** Called after every change, on the thread that made it. */
    public void watch(Consumer<Target> watcher) {
        watchers.add(watcher);
    }

    /** The receiver said that it is gone: no more calls until somebody resumes it. {@link #publish} after the commit. */
    public @Nullable Target disable(Transaction tx, String id, String reason, Instant now) {
        Target target = byId.get(id);
        if (target == null || target.status() != Target.Status.ACTIVE) {
            return null;
        }
        Target disabled = target.with(Target.State.disabled(reason), now);
        rows.put(tx, disabled);
        return disabled;
    }

    /** {@link #publish} after the commit. */
    public void put(Transaction tx, Target target) {
        rows.put(tx, target);
    }

    /** It stays as a name for its old deliveries, without secrets and URL. {@link #forget} with it. */
    public void bury(Transaction tx, Target target, Instant now) {
        rows.bury(tx, target.id(), now);
    }

    /** From now on it counts. */
    public void publish(Target target) {
        byId.put(target.id(), target);
        if (!target.isAction()) {
            regroup(target.tenantId());
        }
        watchers.forEach(watcher -> watcher.accept(target));
    }

    /** Nobody finds it any more. */
    public void forget(Target target) {
        byId.remove(target.id());
        if (!target.isAction()) {
            regroup(target.tenantId());
        }
        watchers.forEach(watcher -> watcher.accept(target));
    }

    private synchronized void regroup(String tenantId) {
        List<Target> targets = new ArrayList<>();
        byId.values().stream()
                .filter(t -> !t.isAction() && t.tenantId().equals(tenantId))
                .forEach(targets::add);
        targets.sort(OLDEST_FIRST);
        byTenant.put(tenantId, List.copyOf(targets));
    }
}
