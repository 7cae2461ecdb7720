package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's audit log. */
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
}
