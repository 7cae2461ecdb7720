package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The opt-outs of erased numbers. A number that said STOP and is erased must still get nothing, so a hash of it stays,
 * under a key that is sealed in the store: without the master key nobody can try numbers against it.
 */
@Component
class ErasedOptOuts {

    static final String PLACE = "hash_key/%s";
    private static final String KEY_ID = "opt-out";
    private static final String KEY = "select sealed from hash_key where id = '" + KEY_ID + "'";
    private static final String INSERT_KEY = "insert into hash_key (id, sealed) values ('" + KEY_ID + "', ?)";
    private static final String KEEP =
            "insert into erased_opt_out (tenant_id, number_hash, at) values (?, ?, ?) on conflict do nothing";
    private static final String SINCE = """
            select max(at) as at from erased_opt_out where tenant_id = :tenant and number_hash in (:hashes)""";
    private static final String FORGET = """
            delete from erased_opt_out where tenant_id = :tenant and number_hash in (:hashes)""";
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vault vault;
    /** The key of the hashes; null as long as no opt-out was erased. */
    private volatile byte @Nullable [] key;

    ErasedOptOuts(Store store, Vault vault) {
        this.vault = vault;
        this.key = store.read(this::stored).orElse(null);
    }

    private Optional<byte[]> stored(JdbcClient sql) {
        return sql.sql(KEY).query((row, n) -> row.getBytes(1)).optional().map(box -> HexFormat.of()
                .parseHex(vault.open(box, PLACE.formatted(KEY_ID))));
    }

    void keep(Transaction tx, String tenantId, Collection<String> numberKeys, long atMillis) {
        for (String hash : hashes(key(tx), tenantId, numberKeys)) {
            tx.sql().sql(KEEP).params(tenantId, hash, atMillis).update();
        }
    }

    private byte[] key(Transaction tx) {
        byte[] known = key;
        if (known != null) {
            return known;
        }
        byte[] found = stored(tx.sql()).orElseGet(() -> newKey(tx));
        tx.afterCommit(() -> key = found);
        return found;
    }

    /** Asks the store until the key's commit has been followed; null before the first erasure of an opt-out. */
    private byte @Nullable [] keyIfAny(JdbcClient sql) {
        byte[] known = key;
        return known != null ? known : stored(sql).orElse(null);
    }

    private byte[] newKey(Transaction tx) {
        byte[] made = new byte[KEY_BYTES];
        RANDOM.nextBytes(made);
        byte[] box = vault.seal(HexFormat.of().formatHex(made), PLACE.formatted(KEY_ID));
        tx.sql().sql(INSERT_KEY).param(box).update();
        return made;
    }

    /** Returns when a number with one of these keys was kept; empty if there is none. */
    Optional<Instant> since(JdbcClient sql, String tenantId, Collection<String> numberKeys) {
        byte[] secret = keyIfAny(sql);
        return secret == null
                ? Optional.empty()
                : sql.sql(SINCE)
                        .param("tenant", tenantId)
                        .param("hashes", hashes(secret, tenantId, numberKeys))
                        .query((row, n) -> Optional.ofNullable(Columns.timeOrNull(row, "at")))
                        .single();
    }

    /** Returns false if there was no such opt-out. */
    boolean forget(Transaction tx, String tenantId, Collection<String> numberKeys) {
        byte[] secret = keyIfAny(tx.sql());
        return secret != null
                && tx.sql()
                                .sql(FORGET)
                                .param("tenant", tenantId)
                                .param("hashes", hashes(secret, tenantId, numberKeys))
                                .update()
                        > 0;
    }

    private static List<String> hashes(byte[] secret, String tenantId, Collection<String> numberKeys) {
        return numberKeys.stream().map(key -> hash(secret, tenantId, key)).toList();
    }

    /** Bound to the tenant: another one's hash of the same number is different. */
    private static String hash(byte[] secret, String tenantId, String numberKey) {
        byte[] content = (tenantId + "\n" + numberKey).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hmac.keyed(secret).doFinal(content));
    }
}
