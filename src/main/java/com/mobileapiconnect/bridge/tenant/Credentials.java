package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All credentials by the hash of their key, in memory: callers are known even while the database is unavailable. */
@Component
public class Credentials {

    private final Store store;
    private final Register<ByteBuffer, Credential> register;

    Credentials(Store store) {
        this.store = store;
        this.register = new Register<>(store, new CredentialRows());
    }

    /** Returns what is known of a key; empty for an unknown one. */
    public Optional<Credential> find(String key) {
        return find(Credential.hashOf(key));
    }

    /** Returns what is known of the key with this hash. */
    Optional<Credential> find(byte[] hash) {
        Credential found = register.find(ByteBuffer.wrap(hash));
        // The map compares only hashes, whose timing reveals nothing; the comparison here takes constant time.
        return found != null && MessageDigest.isEqual(found.hash(), hash) ? Optional.of(found) : Optional.empty();
    }

    public boolean hasOperator() {
        return register.all().stream().anyMatch(c -> c.caller() instanceof Caller.OfOperator);
    }

    /** The keys of a tenant's people, newest first. */
    List<Credential> ofTenant(String tenantId) {
        return store.read(sql -> CredentialRows.ofTenant(sql, tenantId));
    }

    /** The keys of a tenant's people as this unit sees them, newest first. */
    List<Credential> ofTenant(Transaction tx, String tenantId) {
        return CredentialRows.ofTenant(tx.sql(), tenantId);
    }

    /** Adds a key as a part of the unit that makes its owner. */
    public Credential add(Transaction tx, Credential credential) {
        return register.change(tx, ByteBuffer.wrap(credential.hash()), none -> credential);
    }

    /** Changes a key that this unit has found to be there. */
    Credential change(Transaction tx, Credential changed) {
        return register.change(tx, ByteBuffer.wrap(changed.hash()), old -> changed);
    }

    void remove(Transaction tx, Credential credential) {
        register.remove(tx, ByteBuffer.wrap(credential.hash()));
    }

    void remove(Transaction tx, byte[] hash) {
        register.remove(tx, ByteBuffer.wrap(hash));
    }

    /** Returns since when a device has the token that it has; empty for a device without one. */
    public static Optional<Instant> pairedAt(JdbcClient sql, String deviceId) {
        return CredentialRows.ofDevice(sql, deviceId).stream()
                .map(Credential::createdAt)
                .max(Comparator.naturalOrder());
    }

    /** Removes a device's token as a part of the unit that deletes the device. */
    public void removeOfDevice(Transaction tx, String deviceId) {
        CredentialRows.ofDevice(tx.sql(), deviceId).forEach(token -> remove(tx, token));
    }

    /** Replaces the operator's key. */
    public void replaceOperator(Credential credential) {
        store.writeNow(tx -> {
            CredentialRows.ofOperator(tx.sql()).forEach(old -> remove(tx, old));
            return add(tx, credential);
        });
    }
}
