package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.tenant.TenantResource.TenantView;
import java.time.Clock;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Suspends tenants and resumes them, for the operator. A suspended tenant's keys are refused and its deliveries and SMS
 * wait. Messages of its phones are still taken: the phone that holds them cannot mend anything, and a provider that is
 * refused does not come again.
 */
@RestController
class SuspensionResource {

    private final Tenants tenants;
    private final Limits limits;
    private final Audit audit;
    private final Clock clock;

    SuspensionResource(Tenants tenants, Limits limits, Audit audit, Clock clock) {
        this.limits = limits;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
    }

    @PostMapping("/v1/tenants/{id}/suspend")
    TenantView suspend(Caller.OfOperator operator, @PathVariable String id, IfMatch ifMatch) {
        return change(operator, id, ifMatch, Tenant.Status.SUSPENDED, "tenant.suspend");
    }

    @PostMapping("/v1/tenants/{id}/resume")
    TenantView resume(Caller.OfOperator operator, @PathVariable String id, IfMatch ifMatch) {
        return change(operator, id, ifMatch, Tenant.Status.ACTIVE, "tenant.resume");
    }

    private TenantView change(
            Caller.OfOperator operator, String id, IfMatch ifMatch, Tenant.Status status, String action) {
        return TenantView.of(
                audit.change(
                        operator,
                        id,
                        tx -> tenants.change(tx, id, ifMatch, new Tenant.State(status, clock.instant())),
                        tenant -> new Audit.Entry(action, id, tenant.name())),
                limits);
    }
}
