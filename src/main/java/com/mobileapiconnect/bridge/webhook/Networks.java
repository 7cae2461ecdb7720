package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;

/** The networks that a tenant's call may reach: those that were the tenant's when the call began. */
final class Networks {

    private final Tenants tenants;
    private final String tenantId;
    private final AllowedNetworks allowed;

    private Networks(Tenants tenants, String tenantId, AllowedNetworks allowed) {
        this.tenants = tenants;
        this.tenantId = tenantId;
        this.allowed = allowed;
    }

    static Networks of(Tenants tenants, String tenantId) {
        return new Networks(tenants, tenantId, tenants.get(tenantId).allowedNetworks());
    }

    String tenantId() {
        return tenantId;
    }

    AllowedNetworks allowed() {
        return allowed;
    }

    /** Returns whether they are still the tenant's. */
    boolean stillGood() {
        return tenants.find(tenantId)
                .map(Tenant::allowedNetworks)
                .filter(allowed::equals)
                .isPresent();
    }
}
