package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All targets, held in memory: every message asks for its tenant's, every attempt for its own. */
@Component
public class Targets {

    private static final Comparator<Target> OLDEST_FIRST =
            Comparator.comparing(Target::createdAt).thenComparing(Target::id);

    private final Register<String, Target> register;
    private final Map<String, Own> byTenant = new ConcurrentHashMap<>();

    Targets(Store store, Vault vault, Clock clock) {
        this.register = new Register<>(store, new TargetRows(vault, clock));
        register.all().stream().filter(target -> !target.isAction()).forEach(target -> own(target.tenantId())
                .set(target.id(), target));
        register.watch(this::regroup);
    }

    private void regroup(@Nullable Target before, @Nullable Target now) {
        Target changed = now == null ? before : now;
        if (changed == null || changed.isAction()) {
            return;
        }
        own(changed.tenantId()).set(changed.id(), now);
    }

    private Own own(String tenantId) {
        return byTenant.computeIfAbsent(tenantId, id -> new Own());
    }

    /** The targets of a tenant. A list is made of them when it is asked for: a large change costs one list, not many. */
    private static final class Own {

        private final Map<String, Target> byId = new HashMap<>(); // guarded by this
        private final Map<String, Long> lengths = new HashMap<>(); // guarded by this
        private long length; // guarded by this
        private volatile @Nullable List<Target> list = List.of();

        synchronized void set(String id, @Nullable Target target) {
            length -= length(id);
            if (target == null) {
                byId.remove(id);
                lengths.remove(id);
            } else {
                byId.put(id, target);
                lengths.put(id, TargetLength.of(target));
            }
            length += length(id);
            list = null;
        }

        private long length(String id) {
            return lengths.getOrDefault(id, 0L);
        }

        /** Returns the length of all but these. */
        synchronized long lengthWithout(Set<String> ids) {
            return length - ids.stream().mapToLong(this::length).sum();
        }

        List<Target> list() {
            List<Target> known = list;
            return known == null ? make() : known;
        }

        private synchronized List<Target> make() {
            List<Target> made = byId.values().stream().sorted(OLDEST_FIRST).toList();
            list = made;
            return made;
        }
    }

    public Optional<Target> find(String id) {
        return Optional.ofNullable(register.find(id));
    }

    /** Returns the tenant's targets without the actions of rules, oldest first; a snapshot. */
    public List<Target> ofTenant(String tenantId) {
        Own own = byTenant.get(tenantId);
        return own == null ? List.of() : own.list();
    }

    /** Returns the tenant's targets with the actions of its rules, in no order; looks at the targets of all tenants. */
    public List<Target> withActions(String tenantId) {
        return register.all().stream()
                .filter(target -> target.tenantId().equals(tenantId))
                .toList();
    }

    public Collection<Target> all() {
        return List.copyOf(register.all());
    }

    /** The tenant's forward-all webhook, if it was ever set. */
    public Optional<Target> webhookOf(String tenantId) {
        return single(tenantId, Target.Type.WEBHOOK);
    }

    /** Returns the tenant's operations webhook, if it was ever set. */
    public Optional<Target> operationsOf(String tenantId) {
        return single(tenantId, Target.Type.OPERATIONS);
    }

    Optional<Target> single(String tenantId, Target.Type type) {
        return ofTenant(tenantId).stream().filter(t -> t.type() == type).findFirst();
    }

    /**
     * Finds a connection or an action by its id, or {@code webhook} or {@code operations}, among this tenant's targets
     * only.
     */
    public Optional<Target> ofTenant(String tenantId, String publicId) {
        Optional<Target> found =
                switch (publicId) {
                    case "webhook" -> webhookOf(tenantId);
                    case "operations" -> operationsOf(tenantId);
                    default -> find(publicId);
                };
        return found.filter(t -> t.tenantId().equals(tenantId) && t.publicId().equals(publicId));
    }

    /**
     * Returns the store's id of a target by that of the API; null for null. A target that does not exist (any more) has its
     * id alone, because its deliveries may still be there.
     */
    public @Nullable String internalId(String tenantId, @Nullable String publicId) {
        return publicId == null
                ? null
                : ofTenant(tenantId, publicId).map(Target::id).orElse(publicId);
    }

    /** Returns whether any target, of whatever tenant, is so. */
    public boolean any(Predicate<Target> so) {
        return register.all().stream().anyMatch(so);
    }

    /** Follows every change, on the writer's thread after its commit. */
    public void watch(Register.Watcher<Target> watcher) {
        register.watch(watcher);
    }

    /** Returns the target as this unit sees it, with the changes of this unit and earlier units of its group. */
    public Optional<Target> find(Transaction tx, String id) {
        return Optional.ofNullable(register.find(tx, id));
    }

    /** Returns the number of a tenant's connections as this unit sees them. */
    public int connections(Transaction tx, String tenantId) {
        Map<String, Optional<Target>> changes = register.changes(tx);
        long unchanged = ofTenant(tenantId).stream()
                .filter(target -> target.type() == Target.Type.CONNECTION && !changes.containsKey(target.id()))
                .count();
        return (int) (unchanged
                + changes.values().stream()
                        .flatMap(Optional::stream)
                        .filter(target -> target.type() == Target.Type.CONNECTION
                                && target.tenantId().equals(tenantId))
                        .count());
    }

    /** Returns the length of a tenant's targets without the actions of rules, as this unit sees them. */
    long length(Transaction tx, String tenantId) {
        Map<String, Optional<Target>> changes = register.changes(tx);
        return own(tenantId).lengthWithout(changes.keySet())
                + changes.values().stream()
                        .flatMap(Optional::stream)
                        .filter(target ->
                                !target.isAction() && target.tenantId().equals(tenantId))
                        .mapToLong(TargetLength::of)
                        .sum();
    }

    /** Returns the connections of all tenants that are so, as this unit sees them. */
    List<Target> connections(Transaction tx, Predicate<Target> so) {
        Map<String, Optional<Target>> changes = register.changes(tx);
        return Stream.concat(
                        register.all().stream().filter(target -> !changes.containsKey(target.id())),
                        changes.values().stream().flatMap(Optional::stream))
                .filter(target -> target.type() == Target.Type.CONNECTION && so.test(target))
                .toList();
    }

    /** Returns a tenant's targets of a type as this unit sees them. */
    List<Target> ofType(Transaction tx, String tenantId, Target.Type type) {
        Map<String, Optional<Target>> changes = register.changes(tx);
        return Stream.concat(
                        ofTenant(tenantId).stream().filter(target -> !changes.containsKey(target.id())),
                        changes.values().stream().flatMap(Optional::stream))
                .filter(target -> target.type() == type && target.tenantId().equals(tenantId))
                .toList();
    }

    /** Returns the versions of a tenant's targets of a type, by their ids, as this unit sees them; null: as published. */
    Map<String, Long> versions(@Nullable Transaction tx, String tenantId, Target.Type type) {
        List<Target> targets = tx != null
                ? ofType(tx, tenantId, type)
                : ofTenant(tenantId).stream().filter(t -> t.type() == type).toList();
        Map<String, Long> versions = new TreeMap<>();
        targets.forEach(target -> versions.put(target.id(), target.version()));
        return versions;
    }

    /** Returns the number of the target that was made last, as this unit sees it; the order is that of the writer. */
    public long newest(Transaction tx) {
        return TargetRows.newest(tx.sql());
    }

    /** Returns the numbers, by id, of a tenant's targets that were made after the one of this number. */
    public Map<String, Long> madeAfter(JdbcClient sql, String tenantId, long number) {
        return TargetRows.madeAfter(sql, tenantId, number);
    }

    /** Makes or changes a target as a part of this unit; returns it as it is stored. */
    public Target change(Transaction tx, String id, Register.Change<Target> change) {
        return register.change(tx, id, change);
    }

    /** Makes or changes several targets as a part of this unit. */
    public void changeAll(Transaction tx, Map<String, Register.Change<Target>> changes) {
        register.changeAll(tx, changes);
    }

    /** Changes a target as a part of this unit, if there is one. */
    public Optional<Target> changeIfPresent(Transaction tx, String id, UnaryOperator<Target> change) {
        return Optional.ofNullable(register.changeIfPresent(tx, id, change));
    }

    /** Removes a target as a part of this unit; its name stays for its old deliveries. */
    public Optional<Target> remove(Transaction tx, String id) {
        return Optional.ofNullable(register.remove(tx, id));
    }

    /** Removes several targets as a part of this unit; returns those that there were. */
    List<Target> removeAll(Transaction tx, Collection<String> ids) {
        return register.removeAll(tx, ids);
    }

    /** Disables a target until a person resumes it; returns whether the target was active. */
    public boolean disable(Transaction tx, String id, String reason, Instant now) {
        boolean active = find(tx, id)
                .filter(target -> target.status() == Target.Status.ACTIVE)
                .isPresent();
        if (active) {
            changeIfPresent(tx, id, target -> target.with(Target.State.disabled(reason), now));
        }
        return active;
    }
}
