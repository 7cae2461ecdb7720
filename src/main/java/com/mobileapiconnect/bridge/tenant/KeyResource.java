package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's API keys, for the tenant and for the operator. */
@RestController
class KeyResource {

    private final Credentials credentials;
    private final Tenants tenants;
    private final Limits limits;
    private final Audit audit;
    private final Clock clock;

    KeyResource(Credentials credentials, Tenants tenants, Limits limits, Audit audit, Clock clock) {
        this.limits = limits;
        this.credentials = credentials;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
    }

    record KeyView(String id, String name, Instant createdAt) {}

    /** @param key shown this once */
    record NewKeyView(String id, String name, Instant createdAt, String key) {}

    @GetMapping("/v1/keys")
    Page<KeyView> list(Caller.OfTenant caller, Page.Request page) {
        return list(caller.tenantId(), page);
    }

    private Page<KeyView> list(String tenantId, Page.Request page) {
        return Page.of(credentials.ofTenant(tenantId).stream(), page, "key_", Credential::id)
                .map(c -> new KeyView(c.id(), c.name(), c.createdAt()));
    }

    @PostMapping("/v1/keys")
    @ResponseStatus(HttpStatus.CREATED)
    NewKeyView create(Caller.OfTenant caller, JsonBody body) {
        return create(caller, caller.tenantId(), body);
    }

    @PostMapping("/v1/tenants/{id}/keys")
    @ResponseStatus(HttpStatus.CREATED)
    NewKeyView createFor(Caller.OfOperator operator, @PathVariable String id, JsonBody body) {
        if (existing(id).leaving()) {
            throw Problem.conflict("Tenant " + id + " is being deleted.");
        }
        return create(operator, id, body);
    }

    @GetMapping("/v1/tenants/{id}/keys")
    Page<KeyView> listOf(Caller.OfOperator operator, @PathVariable String id, Page.Request page) {
        return list(existing(id).id(), page);
    }

    /** Revokes any key, the last one included: the operator can make another. */
    @DeleteMapping("/v1/tenants/{id}/keys/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller.OfOperator operator, @PathVariable String id, @PathVariable String keyId) {
        existing(id);
        delete(operator, id, keyId, keys -> {});
    }

    private Tenant existing(String id) {
        return tenants.find(id).orElseThrow(() -> Problem.notFound("tenant " + id));
    }

    private NewKeyView create(Caller who, String tenantId, JsonBody body) {
        Fields fields = Fields.of(body).allow("name");
        String name = fields.has("name") ? fields.requiredName("name", 100) : "API key";
        fields.orThrow();
        Credential.Issued issued = Credential.forTenant(tenantId, name, clock.instant());
        Credential made = issued.credential();
        audit.change(who, tenantId, new Audit.Entry("key.create", made.id(), name), tx -> {
            int had = credentials.ofTenant(tx, tenantId).size();
            limits.check(tenantId, Limit.KEYS, "name", had, had + 1);
            credentials.add(tx, made);
        });
        return new NewKeyView(made.id(), name, made.createdAt(), issued.key().reveal());
    }

    @DeleteMapping("/v1/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String id) {
        delete(caller, caller.tenantId(), id, keys -> {
            if (keys.size() == 1) {
                throw Problem.conflict("This is the tenant's last key; create another one first.");
            }
        });
    }

    private void delete(Caller who, String tenantId, String id, Consumer<List<Credential>> check) {
        deletable(credentials.ofTenant(tenantId), id, check);
        audit.change(
                who,
                tenantId,
                tx -> {
                    // Checked again within the unit: two callers may each delete one of the last two keys.
                    Credential key = deletable(credentials.ofTenant(tx, tenantId), id, check);
                    credentials.remove(tx, key);
                    return key;
                },
                key -> new Audit.Entry("key.delete", id, key.name()));
    }

    private static Credential deletable(List<Credential> keys, String id, Consumer<List<Credential>> check) {
        Credential key = keys.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("key " + id));
        check.accept(keys);
        return key;
    }
}
