package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Makes, changes and removes API keys. Each is decided twice: before the unit, to save the writer's time, and within it,
 * by the keys as they are then, because callers may act at the same time.
 */
@Component
class Keys {

    private final Credentials credentials;
    private final Limits limits;
    private final Audit audit;
    private final Clock clock;

    Keys(Credentials credentials, Limits limits, Audit audit, Clock clock) {
        this.credentials = credentials;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns all keys of a tenant, newest first. */
    KeyRing of(String tenantId) {
        return ring(credentials.ofTenant(tenantId));
    }

    private KeyRing ring(Transaction tx, String tenantId) {
        return ring(credentials.ofTenant(tx, tenantId));
    }

    private KeyRing ring(List<Credential> keys) {
        return new KeyRing(keys, clock.instant());
    }

    Credential.Issued create(Caller who, String tenantId, KeyForm form) {
        of(tenantId).checkGift(who, null, form.grant());
        Credential.Issued issued = Credential.forTenant(tenantId, form.name(), form.grant(), clock.instant());
        String id = issued.credential().id();
        return audit.change(
                who,
                tenantId,
                tx -> {
                    KeyRing ring = ring(tx, tenantId);
                    ring.checkGift(who, null, form.grant());
                    int had = ring.keys().size();
                    limits.check(tenantId, Limit.KEYS, "name", had, had + 1);
                    return new Credential.Issued(credentials.add(tx, issued.credential()), issued.key());
                },
                made -> new Audit.Entry("key.create", id, form.text()));
    }

    /** A key as it was, and as it is now. */
    private record Change(Credential before, Credential after) {

        boolean isNone() {
            return before == after;
        }
    }

    /** @param wanted works out the new form from the key as it stands */
    Credential change(Caller who, String tenantId, String id, IfMatch ifMatch, Function<Credential, KeyForm> wanted) {
        changed(of(tenantId), who, id, ifMatch, wanted);
        return audit.change(
                        who,
                        tenantId,
                        tx -> {
                            Change change = changed(ring(tx, tenantId), who, id, ifMatch, wanted);
                            return change.isNone()
                                    ? change
                                    : new Change(change.before(), credentials.change(tx, change.after()));
                        },
                        change -> change.isNone()
                                ? null
                                : new Audit.Entry(
                                        "key.update",
                                        id,
                                        KeyForm.of(change.before()).text() + " → "
                                                + KeyForm.of(change.after()).text()))
                .after();
    }

    private static Change changed(
            KeyRing ring, Caller who, String id, IfMatch ifMatch, Function<Credential, KeyForm> wanted) {
        Credential before = ring.get(id);
        KeyForm form = wanted.apply(before);
        ifMatch.check(before.version());
        if (form.equals(KeyForm.of(before))) {
            return new Change(before, before);
        }
        Credential after = before.with(form.name(), form.grant());
        ring.checkGift(who, before.grant(), after.grant());
        ring.checkLeft(who, ring.with(after));
        return new Change(before, after);
    }

    void delete(Caller who, String tenantId, String id, IfMatch ifMatch) {
        deletable(of(tenantId), who, id, ifMatch);
        audit.change(
                who,
                tenantId,
                tx -> {
                    Credential key = deletable(ring(tx, tenantId), who, id, ifMatch);
                    credentials.remove(tx, key);
                    return key;
                },
                key -> new Audit.Entry("key.delete", id, key.name()));
    }

    private static Credential deletable(KeyRing ring, Caller who, String id, IfMatch ifMatch) {
        Credential key = ring.get(id);
        ifMatch.check(key.version());
        ring.checkLeft(who, ring.without(key));
        return key;
    }
}
