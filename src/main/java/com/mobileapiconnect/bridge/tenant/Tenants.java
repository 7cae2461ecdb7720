package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All tenants, held in memory. */
@Component
public class Tenants {

    private final Register<String, Tenant> register;

    Tenants(Store store) {
        this.register = new Register<>(store, new TenantRows());
    }

    public Optional<Tenant> find(String id) {
        return Optional.ofNullable(register.find(id));
    }

    /** The tenant of an authenticated caller; there is always one. */
    public Tenant get(String id) {
        Tenant tenant = register.find(id);
        if (tenant == null) {
            throw new IllegalStateException("Tenant " + id + " has callers but does not exist");
        }
        return tenant;
    }

    /** Newest first. */
    public List<Tenant> all() {
        return register.all().stream()
                .sorted(Comparator.comparing(Tenant::createdAt)
                        .thenComparing(Tenant::id)
                        .reversed())
                .toList();
    }

    /** Tells the watcher of every change of a tenant, on the writer's thread. */
    public void watch(Register.Watcher<Tenant> watcher) {
        register.watch(watcher);
    }

    /** Makes or changes a tenant as a part of this unit; returns it as it is stored. */
    public Tenant change(Transaction tx, String id, Register.Change<Tenant> change) {
        return register.change(tx, id, change);
    }
}
