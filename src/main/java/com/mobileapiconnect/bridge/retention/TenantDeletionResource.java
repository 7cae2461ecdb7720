package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deletes tenants, for the operator. */
@RestController
class TenantDeletionResource {

    private final Tenants tenants;
    private final TenantDeletion deletion;
    private final Jobs jobs;
    private final Audit audit;
    private final Clock clock;

    TenantDeletionResource(Tenants tenants, TenantDeletion deletion, Jobs jobs, Audit audit, Clock clock) {
        this.tenants = tenants;
        this.deletion = deletion;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    record Begun(String job) {}

    /** The log entry is the operator's own: the tenant's go with it, and its name too. */
    @DeleteMapping("/v1/tenants/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun delete(Caller.OfOperator operator, @PathVariable String id, IfMatch ifMatch) {
        return audit.change(
                operator,
                null,
                tx -> {
                    Instant now = clock.instant();
                    tenants.change(tx, id, ifMatch, new Tenant.State(Tenant.Status.DELETING, now));
                    TenantDeletion.Work work = new TenantDeletion.Work(id, now.toEpochMilli());
                    return new Begun(jobs.begin(tx, new NewJob(null, deletion.name(), work, null, false)));
                },
                begun -> new Audit.Entry("tenant.delete", id, null));
    }
}
