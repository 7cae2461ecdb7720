package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The audit log: a tenant's, and what the operator did. */
@RestController
class AuditResource {

    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/v1/audit")
    Page<Audit.View> list(Caller.OfTenant caller, Page.Request page) {
        return audit.page(caller.tenantId(), page);
    }

    @GetMapping("/v1/operator/audit")
    Page<Audit.View> operator(Caller.OfOperator operator, Page.Request page) {
        return audit.ofOperator(page);
    }
}
