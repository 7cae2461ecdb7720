package com.mobileapiconnect.bridge.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.message.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private static final int LONGEST_NAME = 200;

    private final Tenants tenants;
    private final Limits limits;
    private final Audit audit;
    private final Clock clock;

    TenantResource(Tenants tenants, Limits limits, Audit audit, Clock clock) {
        this.tenants = tenants;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param limits the tenant's own, or those of the settings where it has none */
    record TenantView(
            String id,
            String name,
            List<String> allowedNetworks,
            Map<String, Integer> limits,
            String status,
            @Nullable String region,
            long version,
            Instant createdAt)
            implements Versioned {
        static TenantView of(Tenant tenant, Limits limits) {
            return new TenantView(
                    tenant.id(),
                    tenant.name(),
                    tenant.allowedNetworks().toStrings(),
                    limits.all(tenant),
                    tenant.state().status().wireName(),
                    tenant.region(),
                    tenant.version(),
                    tenant.createdAt());
        }
    }

    private TenantView view(Tenant tenant) {
        return TenantView.of(tenant, limits);
    }

    @GetMapping
    Page<TenantView> list(Caller.OfOperator operator, Page.Request page) {
        return Page.of(tenants.all().stream(), page, "tenants:", TenantResource::position)
                .map(this::view);
    }

    private static String position(Tenant tenant) {
        return String.format("tenants:%015d-%s", tenant.createdAt().toEpochMilli(), tenant.id());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TenantView create(Caller.OfOperator operator, JsonBody body) {
        Fields fields = Fields.of(body).allow("name", "allowedNetworks", "limits", "region");
        AllowedNetworks networks = networks(fields);
        Instant now = clock.instant();
        Tenant tenant = new Tenant(
                Ids.random("ten_"),
                fields.requiredName("name", LONGEST_NAME),
                networks == null ? AllowedNetworks.none() : networks,
                LimitsJson.of(fields, Map.of()),
                new Tenant.State(Tenant.Status.ACTIVE, now),
                RegionField.read(fields),
                0,
                now);
        fields.orThrow();
        return view(audit.change(
                operator,
                tenant.id(),
                tx -> tenants.change(tx, tenant.id(), none -> tenant),
                made -> new Audit.Entry("tenant.create", made.id(), made.name())));
    }

    @PatchMapping("/{id}")
    TenantView change(Caller.OfOperator operator, @PathVariable String id, IfMatch ifMatch, JsonBody body) {
        existing(tenants.find(id).orElse(null), id, ifMatch);
        Fields fields = Fields.of(body)
                .allow("name", "allowedNetworks", "limits", "region", "id", "status", "version", "createdAt");
        String name = fields.has("name") ? fields.requiredName("name", LONGEST_NAME) : null;
        AllowedNetworks networks = networks(fields);
        LimitsJson.of(fields, Map.of());
        String region = RegionField.read(fields);
        fields.orThrow();
        return view(audit.change(
                operator,
                id,
                tx -> tenants.change(tx, id, now -> {
                    Tenant old = existing(now, id, ifMatch);
                    return old.with(
                            name == null ? old.name() : name,
                            networks == null ? old.allowedNetworks() : networks,
                            LimitsJson.of(fields, old.limits()),
                            fields.has("region") ? region : old.region());
                }),
                TenantResource::changed));
    }

    private static Tenant existing(@Nullable Tenant tenant, String id, IfMatch ifMatch) {
        if (tenant == null) {
            throw Problem.notFound("tenant " + id);
        }
        ifMatch.check(tenant.version());
        return tenant;
    }

    private static Audit.Entry changed(Tenant tenant) {
        String networks = String.join(" ", tenant.allowedNetworks().toStrings());
        return new Audit.Entry(
                "tenant.update",
                tenant.id(),
                "allowedNetworks: " + networks + ", limits: " + LimitsJson.write(tenant.limits()) + ", region: "
                        + tenant.region());
    }

    /** Returns null if the field is omitted, or invalid and reported. */
    private static @Nullable AllowedNetworks networks(Fields fields) {
        if (!fields.has("allowedNetworks")) {
            return null;
        }
        JsonNode node = fields.raw("allowedNetworks");
        List<String> cidrs = new ArrayList<>();
        if (node != null && !node.isArray()) {
            fields.wrong("allowedNetworks", "must be a list of networks such as \"10.0.0.0/8\"");
        } else if (node != null) {
            node.forEach(cidr -> cidrs.add(cidr.asText()));
        }
        try {
            return AllowedNetworks.of(cidrs);
        } catch (IllegalArgumentException e) {
            fields.wrong("allowedNetworks", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
