package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The tenant that the first start made, which is the operator's own: a file of the operator configures no customer. */
@Component
public class FirstTenant {

    private static final String FIND = "select value from meta where name = 'first-tenant'";
    private static final String KEEP = """
            insert into meta (name, value) values ('first-tenant', ?)
            on conflict (name) do update set value = excluded.value""";

    private final Tenants tenants;
    private final Store store;

    FirstTenant(Tenants tenants, Store store) {
        this.tenants = tenants;
        this.store = store;
    }

    /** Returns whether there is no tenant at all. */
    public boolean isMissing() {
        return tenants.all().isEmpty();
    }

    /** Makes the first tenant, as a part of this unit. */
    public void make(Transaction tx, Tenant tenant) {
        tenants.change(tx, tenant.id(), none -> tenant);
        tx.sql().sql(KEEP).param(tenant.id()).update();
    }

    /** Finds it, unless it was deleted. In a store from before it was noted it is the only tenant, if there is only one. */
    public Optional<Tenant> find() {
        List<String> noted = store.read(sql -> sql.sql(FIND).query(String.class).list());
        List<Tenant> all = tenants.all();
        return (noted.isEmpty() && all.size() == 1
                        ? all.stream()
                        : noted.stream().flatMap(id -> tenants.find(id).stream()))
                .filter(tenant -> !tenant.leaving())
                .findFirst();
    }
}
