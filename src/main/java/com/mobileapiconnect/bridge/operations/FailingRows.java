package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Failing targets as rows. A failure that is not noted yet is in memory alone. */
final class FailingRows implements Rows<String, Failing> {

    private static final String ALL = "select target_id, failing_since from target_health";
    private static final String ONE = ALL + " where target_id = ?";
    private static final String NOTE = """
            insert into target_health (target_id, failing_since) values (?, ?)
            on conflict (target_id) do update set failing_since = excluded.failing_since""";
    private static final String CLEAR = "delete from target_health where target_id = ?";

    @Override
    public String key(Failing failing) {
        return failing.targetId();
    }

    @Override
    public List<Failing> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    /** Takes the known value as current, because nobody else writes these rows: a failure then costs no query. */
    @Override
    public @Nullable Failing find(JdbcClient sql, String targetId, @Nullable Failing known) {
        return known != null
                ? known
                : sql.sql(ONE)
                        .param(targetId)
                        .query((row, n) -> read(row))
                        .optional()
                        .orElse(null);
    }

    private static Failing read(ResultSet row) throws SQLException {
        return new Failing(row.getString("target_id"), Columns.time(row, "failing_since"), true);
    }

    @Override
    public Failing put(Transaction tx, @Nullable Failing before, Failing now) {
        if (now.noted()) {
            tx.sql()
                    .sql(NOTE)
                    .params(now.targetId(), now.since().toEpochMilli())
                    .update();
        }
        return now;
    }

    @Override
    public void remove(Transaction tx, Failing before) {
        if (before.noted()) {
            tx.sql().sql(CLEAR).param(before.targetId()).update();
        }
    }
}
