package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Owns the SMS that wait for their import. An imported SMS goes at once; the rest of an import that was cancelled ages out.
 */
@Component
class ImportTables implements TableOwner, Erasing {

    private static final String OLD = """
            select import_id, n from imported_sms
            where staged_at < :before and (import_id, n) > (:id, :n) order by import_id, n limit :limit""";
    private static final String OF_TENANT = "select import_id, n from imported_sms where tenant_id = ? limit ?";
    private static final String REMOVE = "delete from imported_sms where import_id = ? and n = ?";
    private static final String COUNT =
            "select count(*) from imported_sms where tenant_id = :tenant and sender_key in (:keys)";
    private static final String OF_NUMBER = """
            select import_id, n from imported_sms where tenant_id = :tenant and sender_key in (:keys) limit :limit""";
    private static final Duration WAITS_FOR = Duration.ofDays(7);

    private record Key(String importId, int n) {

        static Key of(ResultSet row) throws SQLException {
            return new Key(row.getString(1), row.getInt(2));
        }
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("imported_sms")
                .ages(new Ageing<>(Period.unreferenced("import", WAITS_FOR), ImportTables::old, ImportTables::remove))
                .erases(this)
                .leaves(Leaving.of(OF_TENANT, Key::of, ImportTables::remove)));
    }

    private static Found<Key> old(JdbcClient sql, @Nullable Key after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli())
                .param("id", after == null ? "" : after.importId())
                .param("n", after == null ? 0 : after.n())
                .param("limit", limit)
                .query((row, n) -> Key.of(row))
                .list());
    }

    private static int remove(Transaction tx, List<Key> keys) {
        tx.batch(
                REMOVE,
                keys.stream().map(key -> List.of(key.importId(), key.n())).toList());
        return keys.size();
    }

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
        List<Key> keys = tx.sql()
                .sql(OF_NUMBER)
                .param("tenant", number.tenantId())
                .param("keys", number.number().ever())
                .param("limit", limit)
                .query((row, n) -> Key.of(row))
                .list();
        return new Erased(remove(tx, keys), Erased.NOTHING.counts());
    }
}
