package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.gateway.AllGateways;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.StoredTenants;

/** The phones of a store that a test has opened by itself. */
public final class StoredDevices {

    private StoredDevices() {}

    public static Devices of(Store store) {
        return new Devices(
                store,
                Vault.of("a master key for tests, of enough characters"),
                StoredTenants.of(store),
                AllGateways.of());
    }
}
