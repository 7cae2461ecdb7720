package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the operator, kept apart from all others.
 *
 * @param allowedNetworks special addresses that this tenant's outbound calls may reach; set by the operator
 * @param limits          limits that differ from the settings; set by the operator
 * @param region          where it is, as an ISO 3166 code; null if nobody said
 * @param version         number of changes; counted by the store
 */
public record Tenant(
        String id,
        String name,
        AllowedNetworks allowedNetworks,
        Map<Limit, Integer> limits,
        State state,
        @Nullable String region,
        long version,
        Instant createdAt) {

    public Tenant {
        limits = Map.copyOf(limits);
    }

    /** @param since when the tenant came into this state */
    public record State(Status status, Instant since) {}

    /** The service that a tenant gets. */
    public enum Status implements WireName {
        ACTIVE("active"),
        /** Messages of its phones are taken; nothing is sent, and its keys are refused. */
        SUSPENDED("suspended"),
        /** Rows are being removed, and all keys are unknown. */
        DELETING("deleting");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** Returns a tenant that is not stored yet. */
    public static Tenant fresh(
            String id, String name, AllowedNetworks allowedNetworks, @Nullable String region, Instant now) {
        return new Tenant(id, name, allowedNetworks, Map.of(), new State(Status.ACTIVE, now), region, 0, now);
    }

    Tenant with(String newName, AllowedNetworks networks, Map<Limit, Integer> newLimits, @Nullable String newRegion) {
        return new Tenant(id, newName, networks, newLimits, state, newRegion, version, createdAt);
    }

    Tenant with(State newState) {
        return newState.status() == state.status()
                ? this
                : new Tenant(id, name, allowedNetworks, limits, newState, region, version, createdAt);
    }

    Tenant stored(long newVersion) {
        return new Tenant(id, name, allowedNetworks, limits, state, region, newVersion, createdAt);
    }

    /** Returns whether the tenant is neither suspended nor deleted: its calls are made. */
    public boolean active() {
        return state.status() == Status.ACTIVE;
    }

    boolean leaving() {
        return state.status() == Status.DELETING;
    }
}
