package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns tenants, credentials and the audit log. */
@Component
class TenantTables implements TableOwner {

    private static final String OLD = """
            select at, seq from audit where at < :before and (at, seq) > (:at, :seq) order by at, seq limit :limit""";
    private static final String REMOVE = "delete from audit where seq in (:seqs)";
    private static final String OF_TENANT = "select seq from audit where tenant_id = ? limit ?";
    private static final String KEYS_OF_TENANT = "select hash from credential where tenant_id = ? limit ?";

    private final Credentials credentials;

    TenantTables(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("tenant")
                        .kept("a tenant stays until it is deleted")
                        .notErased("names a company")
                        .stays("goes last, at the end of its deletion"),
                Table.named("credential")
                        .kept("a key stands until it is deleted")
                        .notErased("holds hashes of keys")
                        .leaves(Leaving.of(KEYS_OF_TENANT, row -> row.getBytes(1), this::removeKeys)),
                Table.named("audit")
                        .ages(new Ageing<>(Period.setting("audit"), TenantTables::old, TenantTables::remove))
                        .erases(new OfSubject())
                        .leaves(Leaving.of(OF_TENANT, row -> row.getLong(1), TenantTables::removeEntries)));
    }

    private int removeKeys(Transaction tx, List<byte[]> hashes) {
        hashes.forEach(hash -> credentials.remove(tx, hash));
        return hashes.size();
    }

    private record Place(long at, long seq) {}

    private static Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli())
                .param("at", after == null ? Long.MIN_VALUE : after.at())
                .param("seq", after == null ? 0 : after.seq())
                .param("limit", limit)
                .query((row, n) -> new Place(row.getLong(1), row.getLong(2)))
                .list());
    }

    private static int remove(Transaction tx, List<Place> places) {
        return removeEntries(tx, places.stream().map(Place::seq).toList());
    }

    private static int removeEntries(Transaction tx, List<Long> seqs) {
        tx.keepReached("audit");
        return tx.sql().sql(REMOVE).param("seqs", seqs).update();
    }

    /** Hides the number in entries of earlier versions, which named it; the entries stay. */
    private static final class OfSubject implements Erasing {

        private static final String COUNT = """
                select count(*) from audit
                where tenant_id = :tenant and subject in (:keys) and action = 'opt-out.delete'""";
        private static final String HIDE = """
                update audit set subject = :hidden where seq in (
                    select seq from audit
                    where tenant_id = :tenant and subject in (:keys) and action = 'opt-out.delete' limit :limit)""";

        @Override
        public Erased none() {
            return Erased.NOTHING;
        }

        @Override
        public long count(JdbcClient sql, Of number) {
            return sql.sql(COUNT)
                    .param("tenant", number.tenantId())
                    .param("keys", number.number().ever())
                    .query(Long.class)
                    .single();
        }

        @Override
        public Erased erase(Transaction tx, Of number, int limit) {
            int rows = tx.sql()
                    .sql(HIDE)
                    .param("hidden", number.number().hidden())
                    .param("tenant", number.tenantId())
                    .param("keys", number.number().ever())
                    .param("limit", limit)
                    .update();
            return new Erased(rows, Erased.NOTHING.counts());
        }
    }
}
