package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
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

    /** Throws a 401 {@link Problem} for a deleted tenant, a 403 one for a suspended one. */
    public void requireServed(String id) {
        if (!notDeleted(id).active()) {
            throw Problem.forbidden("This tenant is suspended: ask the operator of the bridge to resume it. Messages of"
                    + " its phones are still taken, and its deliveries wait.");
        }
    }

    /** Returns the tenant; throws a 401 {@link Problem} for a deleted one, whose keys go one after the other. */
    Tenant notDeleted(String id) {
        Tenant tenant = register.find(id);
        if (tenant == null || tenant.leaving()) {
            throw Problem.unauthorized("Unknown API key.");
        }
        return tenant;
    }

    /** Returns whether the tenant's calls may be made: it is neither suspended nor being deleted. */
    public boolean active(String id) {
        Tenant tenant = register.find(id);
        return tenant != null && tenant.active();
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

    /**
     * Puts a tenant into another state as a part of this unit. Throws a 404, 409 or 412 {@link Problem} if there is none,
     * it is being deleted, or it has another version.
     */
    public Tenant change(Transaction tx, String id, IfMatch ifMatch, Tenant.State state) {
        return register.change(tx, id, now -> {
            if (now == null) {
                throw Problem.notFound("tenant " + id);
            }
            if (now.leaving()) {
                throw Problem.conflict("Tenant " + id + " is being deleted.");
            }
            ifMatch.check(now.version());
            return now.with(state);
        });
    }

    /** Removes the row of a tenant that has no others any more. */
    public void remove(Transaction tx, String id) {
        register.remove(tx, id);
    }
}
