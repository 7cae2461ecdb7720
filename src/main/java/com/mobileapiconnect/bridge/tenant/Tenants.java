package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
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

    /** Throws a 401 {@link Problem} for a deleted tenant, a 403 one for a suspended one. */
    public void requireServed(String id) {
        requireNotDeleted(id);
        if (!get(id).active()) {
            throw Problem.forbidden("This tenant is suspended: ask the operator of the bridge to resume it. Messages of"
                    + " its phones are still taken, and its deliveries wait.");
        }
    }

    /** Throws a 401 {@link Problem} for a deleted tenant, whose keys are removed one after the other. */
    void requireNotDeleted(String id) {
        if (get(id).leaving()) {
            throw Problem.unauthorized("Unknown API key.");
        }
    }

    /** Returns whether the tenant's calls may be made: it is neither suspended nor being deleted. */
    public boolean active(String id) {
        Tenant tenant = register.find(id);
        return tenant != null && tenant.active();
    }

    /** Returns the tenant if it exists for its operator: deleted ones do not. */
    public Optional<Tenant> standing(String id) {
        return find(id).filter(tenant -> tenant.state().status() != Tenant.Status.DELETED);
    }

    /** Newest first, without the deleted ones. */
    public List<Tenant> all() {
        return register.all().stream()
                .filter(tenant -> tenant.state().status() != Tenant.Status.DELETED)
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

    /** Puts a tenant into another state as a part of this unit, if it is there. */
    public Optional<Tenant> change(Transaction tx, String id, Tenant.Status status, Instant now) {
        return Optional.ofNullable(register.changeIfPresent(tx, id, tenant -> tenant.with(status, now)));
    }

    /** Returns the deleted tenants, of which nothing is left but their ids. */
    public List<Tenant> deleted() {
        return register.all().stream()
                .filter(tenant -> tenant.state().status() == Tenant.Status.DELETED)
                .toList();
    }
}
