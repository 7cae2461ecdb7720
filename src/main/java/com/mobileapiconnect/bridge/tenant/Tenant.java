package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import java.time.Instant;

/**
 * A customer of the operator, kept apart from all others.
 *
 * @param allowedNetworks special addresses that this tenant's outbound calls may reach; set by the operator
 * @param version         number of changes; counted by the store
 */
public record Tenant(String id, String name, AllowedNetworks allowedNetworks, long version, Instant createdAt) {

    /** Returns a tenant that is not stored yet. */
    public static Tenant fresh(String id, String name, AllowedNetworks allowedNetworks, Instant now) {
        return new Tenant(id, name, allowedNetworks, 0, now);
    }

    Tenant with(String newName, AllowedNetworks networks) {
        return new Tenant(id, newName, networks, version, createdAt);
    }
}
