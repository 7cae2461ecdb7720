package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Store;

/** The targets of a store that a test has opened by itself. */
public final class StoredTargets {

    private StoredTargets() {}

    public static Targets of(Store store) {
        return new Targets(store, Vault.of("a master key for tests, of enough characters"));
    }
}
