package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's API keys. */
@RestController
class KeyResource {

    private final Credentials credentials;
    private final Tenants tenants;
    private final Audit audit;
    private final Clock clock;

    KeyResource(Credentials credentials, Tenants tenants, Audit audit, Clock clock) {
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
        return Page.of(credentials.ofTenant(caller.tenantId()).stream(), page, "key_", Credential::id)
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
        if (tenants.find(id).isEmpty()) {
            throw Problem.notFound("tenant " + id);
        }
        return create(operator, id, body);
    }

    private NewKeyView create(Caller who, String tenantId, JsonBody body) {
        Fields fields = Fields.of(body).allow("name");
        String name = fields.has("name") ? fields.requiredName("name", 100) : "API key";
        fields.orThrow();
        Credential.Issued issued = Credential.forTenant(tenantId, name, clock.instant());
        Credential made = issued.credential();
        audit.change(who, tenantId, new Audit.Entry("key.create", made.id(), name), tx -> credentials.add(tx, made));
        return new NewKeyView(made.id(), name, made.createdAt(), issued.key().reveal());
    }

    @DeleteMapping("/v1/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String id) {
        deletable(credentials.ofTenant(caller.tenantId()), id);
        audit.change(
                caller,
                caller.tenantId(),
                tx -> {
                    // Checked again within the unit: two callers may each delete one of the last two keys.
                    Credential key = deletable(credentials.ofTenant(tx, caller.tenantId()), id);
                    credentials.remove(tx, key);
                    return key;
                },
                key -> new Audit.Entry("key.delete", id, key.name()));
    }

    private static Credential deletable(List<Credential> keys, String id) {
        Credential key = keys.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("key " + id));
        if (keys.size() == 1) {
            throw Problem.conflict("This is the tenant's last key; create another one first.");
        }
        return key;
    }
}
