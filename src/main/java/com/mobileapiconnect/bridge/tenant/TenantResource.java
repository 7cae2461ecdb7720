package com.mobileapiconnect.bridge.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.message.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tenants, for the operator. */
@RestController
@RequestMapping("/v1/tenants")
class TenantResource {

    private final Tenants tenants;
    private final Audit audit;
    private final Clock clock;

    TenantResource(Tenants tenants, Audit audit, Clock clock) {
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
    }

    record TenantView(String id, String name, List<String> allowedNetworks, Instant createdAt) {
        static TenantView of(Tenant tenant) {
            return new TenantView(
                    tenant.id(), tenant.name(), tenant.allowedNetworks().toStrings(), tenant.createdAt());
        }
    }

    @GetMapping
    Page<TenantView> list(Caller.OfOperator operator, Page.Request page) {
        return Page.of(tenants.all().stream(), page, "", TenantResource::position)
                .map(TenantView::of);
    }

    private static String position(Tenant tenant) {
        return String.format("%015d-%s", tenant.createdAt().toEpochMilli(), tenant.id());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TenantView create(Caller.OfOperator operator, JsonBody body) {
        Fields fields = Fields.of(body).allow("name", "allowedNetworks");
        Tenant tenant = new Tenant(
                Ids.random("ten_"),
                fields.requiredName("name", 200),
                networks(fields, AllowedNetworks.none()),
                clock.instant());
        fields.orThrow();
        audit.change(
                operator,
                tenant.id(),
                new Audit.Entry("tenant.create", tenant.id(), tenant.name()),
                tx -> tenants.insert(tx, tenant));
        tenants.publish(tenant);
        return TenantView.of(tenant);
    }

    @PatchMapping("/{id}")
    TenantView change(Caller.OfOperator operator, @PathVariable String id, JsonBody body) {
        Tenant old = tenants.find(id).orElseThrow(() -> Problem.notFound("tenant " + id));
        Fields fields = Fields.of(body).allow("name", "allowedNetworks", "id", "createdAt");
        Tenant changed = new Tenant(
                id,
                fields.has("name") ? fields.requiredName("name", 200) : old.name(),
                networks(fields, old.allowedNetworks()),
                old.createdAt());
        fields.orThrow();
        String networks = String.join(" ", changed.allowedNetworks().toStrings());
        audit.change(operator, id, new Audit.Entry("tenant.update", id, "allowedNetworks: " + networks), tx -> {
            tenants.update(tx, changed);
        });
        tenants.publish(changed);
        return TenantView.of(changed);
    }

    private static AllowedNetworks networks(Fields fields, AllowedNetworks absent) {
        if (!fields.has("allowedNetworks")) {
            return absent;
        }
        JsonNode node = fields.raw("allowedNetworks");
        List<String> cidrs = new ArrayList<>();
        if (node != null && !node.isArray()) {
            fields.wrong("allowedNetworks", "must be a list of networks like \"10.0.0.0/8\"");
        } else if (node != null) {
            node.forEach(cidr -> cidrs.add(cidr.asText()));
        }
        try {
            return AllowedNetworks.of(cidrs);
        } catch (IllegalArgumentException e) {
            fields.wrong("allowedNetworks", String.valueOf(e.getMessage()));
            return absent;
        }
    }
}
