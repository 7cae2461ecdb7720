package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes, changes and removes API keys. Each is decided twice: before the unit, to save the writer's time, and within it,
 * by the keys as they are then, because callers may act at the same time.
 */
@Component
public class Keys {

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

    /** Returns the keys of a tenant as this unit sees them, newest first; null: as they are. */
    public List<Credential> all(@Nullable Transaction tx, String tenantId) {
        return tx == null ? credentials.ofTenant(tenantId) : credentials.ofTenant(tx, tenantId);
    }

    /** Returns the keys of a tenant that are still good as a file has them, oldest first: with everything but the keys. */
    public List<Map<String, Object>> inFile(String tenantId) {
        Instant now = clock.instant();
        List<Map<String, Object>> file = new ArrayList<>();
        for (Credential key : credentials.ofTenant(tenantId)) {
            if (!key.grant().expired(now)) {
                file.add(0, inFile(key));
            }
        }
        return file;
    }

    /** Returns a key as a file has it. */
    public static Map<String, Object> inFile(Credential key) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", key.name());
        entry.put("scopes", key.grant().names());
        Instant end = key.grant().expiresAt();
        if (end != null) {
            entry.put("expiresAt", WireTime.format(end));
        }
        return entry;
    }

    /** Makes a key as a file wants it, which is not stored yet. */
    public Credential.Issued issue(String tenantId, Fields fields, Instant now) {
        KeyForm form = KeyForm.BLANK.read(fields, now);
        return Credential.forTenant(tenantId, form.name(), form.grant(), now);
    }

    /** Returns a key as a file wants it; the same one if it is so. Fields that the file leaves out stay. */
    public Credential changed(Credential key, Fields fields, Instant now) {
        KeyForm form = KeyForm.of(key).read(fields, now);
        return form.equals(KeyForm.of(key)) ? key : key.with(form.name(), form.grant());
    }

    /** Stores new and changed keys as a part of a larger change. Throws a {@link Problem} if the caller may not. */
    public void save(Transaction tx, Caller who, String tenantId, List<Credential> made, List<Credential> changed) {
        KeyRing before = ring(tx, tenantId);
        int had = before.keys().size();
        limits.check(tenantId, Limit.KEYS, "keys", had, had + made.size());
        for (Credential key : made) {
            before.checkGift(who, null, key.grant());
            credentials.add(tx, key);
        }
        KeyRing after = before;
        for (Credential key : changed) {
            before.checkGift(who, before.get(key.id()).grant(), key.grant());
            after = after.with(key);
            credentials.change(tx, key);
        }
        if (!changed.isEmpty()) {
            before.checkLeft(who, after);
        }
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
