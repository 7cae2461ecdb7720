package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log: a tenant's, and what the operator did. */
@RestController
class AuditResource {

    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/v1/audit")
    Page<Audit.View> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        return audit.page(caller.tenantId(), AuditFilter.of(actor, action, subject, since, until), page);
    }

    @GetMapping("/v1/operator/audit")
    Page<Audit.View> operator(
            Caller.OfOperator operator,
            Page.Request page,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        return audit.ofOperator(AuditFilter.of(null, action, subject, since, until), page);
    }
}
