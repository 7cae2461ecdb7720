package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SMS of a backup that wait for their import, as rows. */
final class ImportRows {

    private static final String INSERT = """
            insert into imported_sms (import_id, n, tenant_id, sender, sender_key, text, sim, received_at, staged_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String NEXT = """
            select n, sender, text, sim, received_at from imported_sms
            where import_id = ? and n > ? order by n limit ?""";
    private static final String REMOVE = "delete from imported_sms where import_id = ? and n <= ?";

    private static final String REMOVE_ALL = "delete from imported_sms where import_id = ?";

    private ImportRows() {}

    /** @param n number of the SMS in its backup */
    record Staged(int n, Captured sms) {}

    /** @param first number of the first SMS */
    static void insert(Transaction tx, String importId, String tenantId, int first, List<Captured> part, Instant now) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            Captured sms = part.get(i);
            rows.add(Arrays.asList(
                    importId,
                    first + i,
                    tenantId,
                    sms.from(),
                    PhoneNumber.key(sms.from() == null ? "" : sms.from()),
                    sms.text(),
                    sms.sim(),
                    sms.at(),
                    now.toEpochMilli()));
        }
        tx.batch(INSERT, rows);
    }

    static List<Staged> next(JdbcClient sql, String importId, int after, int limit) {
        return sql.sql(NEXT)
                .params(importId, after, limit)
                .query((row, n) -> new Staged(
                        row.getInt("n"),
                        new Captured(
                                null,
                                row.getString("sender"),
                                null,
                                row.getString("text"),
                                Columns.integer(row, "sim"),
                                row.getString("received_at"),
                                false)))
                .list();
    }

    /** Returns how many there were. */
    static int removeAll(Transaction tx, String importId) {
        return tx.sql().sql(REMOVE_ALL).params(importId).update();
    }

    static void remove(Transaction tx, String importId, int upTo) {
        tx.sql().sql(REMOVE).params(importId, upTo).update();
    }
}
