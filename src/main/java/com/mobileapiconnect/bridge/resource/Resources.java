package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All resources, held in memory: those of settings, and those that the operator has put. A setting goes first. */
@Component
public class Resources {

    private final Register<String, Resource> register;
    private final Map<String, Resource> ofSettings;

    Resources(Store store, Vault vault, SetResources set) {
        this.register = new Register<>(store, new ResourceRows(vault));
        this.ofSettings = set.byName();
    }

    Optional<Resource> find(String name) {
        Resource set = ofSettings.get(name);
        return Optional.ofNullable(set != null ? set : register.find(name));
    }

    /** Returns a resource that a tenant may use; empty if there is none of that name and kind. */
    public Optional<Resource> usable(String tenantId, String name, ResourceKind kind) {
        return find(name).filter(each -> each.kind() == kind && each.isOpenTo(tenantId));
    }

    /** Returns whether a tenant may use a resource, as this unit sees it. */
    public boolean isUsable(Transaction tx, String tenantId, String name, ResourceKind kind) {
        Resource set = ofSettings.get(name);
        Resource found = set != null ? set : register.find(tx, name);
        return found != null && found.kind() == kind && found.isOpenTo(tenantId);
    }

    /** Returns the names of those of a kind that a tenant may use. */
    public List<String> names(String tenantId, ResourceKind kind) {
        return all().stream()
                .filter(each -> each.kind() == kind && each.isOpenTo(tenantId))
                .map(Resource::name)
                .toList();
    }

    /** Returns all, ordered by name. */
    List<Resource> all() {
        List<Resource> all = new ArrayList<>(ofSettings.values());
        register.all().stream()
                .filter(each -> !ofSettings.containsKey(each.name()))
                .forEach(all::add);
        all.sort(Comparator.comparing(Resource::name));
        return all;
    }

    int stored(Transaction tx) {
        int changed = (int) register.changes(tx).values().stream()
                .filter(Optional::isPresent)
                .count();
        return register.all().size() + changed;
    }

    @Nullable Resource stored(Transaction tx, String name) {
        return register.find(tx, name);
    }

    /** Follows changes, on the writer's thread; those of settings never change. */
    public void watch(Register.Watcher<Resource> watcher) {
        register.watch(watcher);
    }

    Resource change(Transaction tx, String name, Register.Change<Resource> change) {
        return register.change(tx, name, change);
    }

    @Nullable Resource remove(Transaction tx, String name) {
        return register.remove(tx, name);
    }
}
