package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;

/** The targets of a store that a test has opened by itself. */
public final class StoredTargets {

    private StoredTargets() {}

    public static Targets of(Store store) {
        return new Targets(store, Vault.of("a master key for tests, of enough characters"), Clock.systemUTC());
    }

    /** Saves a target as it is. */
    public static void put(Store store, Targets targets, Target target) {
        store.writeNow(tx -> targets.change(tx, target.id(), old -> target));
    }
}
