package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's API keys, for the tenant and for the operator. */
@RestController
class KeyResource {

    private final Keys keys;
    private final KeyUses uses;
    private final Tenants tenants;
    private final Clock clock;

    KeyResource(Keys keys, KeyUses uses, Tenants tenants, Clock clock) {
        this.keys = keys;
        this.uses = uses;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/v1/keys")
    Page<KeyView> list(Caller.OfTenant caller, Page.Request page) {
        return list(caller.tenantId(), page);
    }

    @PostMapping("/v1/keys")
    @ResponseStatus(HttpStatus.CREATED)
    KeyView create(Caller.OfTenant caller, JsonBody body) {
        return create(caller, caller.tenantId(), body);
    }

    @GetMapping("/v1/keys/{id}")
    KeyView get(Caller.OfTenant caller, @PathVariable String id) {
        return get(caller.tenantId(), id);
    }

    @PatchMapping("/v1/keys/{id}")
    KeyView change(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch, JsonBody body) {
        return change(caller, caller.tenantId(), id, ifMatch, body);
    }

    @DeleteMapping("/v1/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch) {
        keys.delete(caller, caller.tenantId(), id, ifMatch);
    }

    @GetMapping("/v1/tenants/{id}/keys")
    Page<KeyView> listOf(Caller.OfOperator operator, @PathVariable String id, Page.Request page) {
        return list(existing(id).id(), page);
    }

    @PostMapping("/v1/tenants/{id}/keys")
    @ResponseStatus(HttpStatus.CREATED)
    KeyView createFor(Caller.OfOperator operator, @PathVariable String id, JsonBody body) {
        if (existing(id).leaving()) {
            throw Problem.conflict("Tenant " + id + " is being deleted.");
        }
        return create(operator, id, body);
    }

    @GetMapping("/v1/tenants/{id}/keys/{keyId}")
    KeyView getOf(Caller.OfOperator operator, @PathVariable String id, @PathVariable String keyId) {
        return get(existing(id).id(), keyId);
    }

    @PatchMapping("/v1/tenants/{id}/keys/{keyId}")
    KeyView changeOf(
            Caller.OfOperator operator,
            @PathVariable String id,
            @PathVariable String keyId,
            IfMatch ifMatch,
            JsonBody body) {
        return change(operator, existing(id).id(), keyId, ifMatch, body);
    }

    /** Revokes any key, the last one included: the operator can make another. */
    @DeleteMapping("/v1/tenants/{id}/keys/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller.OfOperator operator, @PathVariable String id, @PathVariable String keyId, IfMatch ifMatch) {
        keys.delete(operator, existing(id).id(), keyId, ifMatch);
    }

    private Tenant existing(String id) {
        return tenants.find(id).orElseThrow(() -> Problem.notFound("tenant " + id));
    }

    private Page<KeyView> list(String tenantId, Page.Request page) {
        List<Credential> all = keys.of(tenantId).keys();
        Map<String, Instant> lastUses = uses.of(tenantId, all);
        return Page.of(all.stream(), page, "key_", Credential::id).map(key -> KeyView.of(key, lastUses.get(key.id())));
    }

    private KeyView get(String tenantId, String id) {
        return view(tenantId, keys.of(tenantId).get(id));
    }

    private KeyView view(String tenantId, Credential key) {
        return KeyView.of(key, uses.of(tenantId, List.of(key)).get(key.id()));
    }

    private KeyView create(Caller who, String tenantId, JsonBody body) {
        Fields fields = Fields.of(body).allow("name", "scopes", "expiresAt");
        return KeyView.of(keys.create(who, tenantId, KeyForm.BLANK.read(fields, clock.instant())));
    }

    /** Takes the object as GET gave it, too; what nobody can change is not looked at. */
    private KeyView change(Caller who, String tenantId, String id, IfMatch ifMatch, JsonBody body) {
        return view(tenantId, keys.change(who, tenantId, id, ifMatch, key -> KeyForm.of(key)
                .read(
                        Fields.of(body)
                                .allow("name", "scopes", "expiresAt", "id", "lastUsedAt", "createdAt", "version"),
                        clock.instant())));
    }
}
