package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Store;

/** The tenants of a store, for tests of other packages. */
public final class StoredTenants {

    private StoredTenants() {}

    public static Tenants of(Store store) {
        return new Tenants(store);
    }
}
