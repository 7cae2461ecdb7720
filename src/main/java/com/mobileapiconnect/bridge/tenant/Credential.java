package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.Sha256;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * A key that opens a door. Only its hash is ever stored; the key itself is shown once, to its maker.
 *
 * @param version how often it was saved; 0 before the first time
 */
public record Credential(String id, byte[] hash, Caller caller, String name, Instant createdAt, long version) {

    public static final int MIN_KEY = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param key shown this once */
    public record Issued(Credential credential, Redacted key) {}

    /** Returns a key of a tenant without limits. */
    public static Issued forTenant(String tenantId, String name, Instant now) {
        return forTenant(tenantId, name, Grant.UNLIMITED, now);
    }

    static Issued forTenant(String tenantId, String name, Grant grant, Instant now) {
        String id = newId(now);
        return issue(id, "sk_live_", new Caller.OfTenant(tenantId, id, grant), name, now);
    }

    public static Issued forDevice(String tenantId, String deviceId, String name, Instant now) {
        return issue(newId(now), "dvt_", new Caller.OfDevice(tenantId, deviceId), name, now);
    }

    public static Issued forOperator(Instant now) {
        String id = newId(now);
        return issue(id, "sk_operator_", new Caller.OfOperator(id), "operator", now);
    }

    /** Returns the same credential with a chosen key of at least 32 characters. */
    public Credential withKey(String key) {
        return new Credential(id, hashOf(key), caller, name, createdAt, version);
    }

    /** Returns the same key of a tenant under another name, for other things. */
    Credential with(String newName, Grant grant) {
        Caller.OfTenant old = (Caller.OfTenant) caller;
        return new Credential(
                id, hash, new Caller.OfTenant(old.tenantId(), old.keyId(), grant), newName, createdAt, version);
    }

    Credential stored(long newVersion) {
        return new Credential(id, hash, caller, name, createdAt, newVersion);
    }

    /** Returns the limits of a tenant's key; other keys have none. */
    Grant grant() {
        return caller instanceof Caller.OfTenant tenant ? tenant.grant() : Grant.UNLIMITED;
    }

    private static Issued issue(String id, String prefix, Caller caller, String name, Instant now) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String key = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new Issued(new Credential(id, hashOf(key), caller, name, now, 0), new Redacted(key));
    }

    private static String newId(Instant now) {
        return Ids.timeOrdered("key_", now);
    }

    /** Keys are long and random, so a plain hash is enough: there is no dictionary to try. */
    static byte[] hashOf(String key) {
        return Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
    }
}
