package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A replay as a row, from its beginning to its end.
 *
 * @param afterId the last delivery done
 */
record ReplayJob(String id, DeliveryFilter filter, String afterId) {

    private static final String ALL =
            "select id, tenant_id, state, target_id, since, until, as_of, after_id from replay order by id";
    private static final String INSERT = """
            insert into replay (id, tenant_id, state, target_id, since, until, as_of, after_id)
            values (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String MOVE = "update replay set after_id = ? where id = ?";
    private static final String DELETE = "delete from replay where id = ?";

    static List<ReplayJob> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    /** Returns the state of the deliveries that the job sends again. */
    DeliveryState state() {
        return "skipped".equals(filter.status()) ? DeliveryState.SKIPPED : DeliveryState.FAILED;
    }

    void insert(Transaction tx) {
        tx.sql()
                .sql(INSERT)
                .params(
                        id,
                        filter.tenantId(),
                        state().code(),
                        filter.targetId(),
                        Columns.millis(filter.since()),
                        Columns.millis(filter.until()),
                        Columns.millis(filter.endedBy()),
                        afterId)
                .update();
    }

    ReplayJob upTo(Transaction tx, String newAfterId) {
        tx.sql().sql(MOVE).params(newAfterId, id).update();
        return new ReplayJob(id, filter, newAfterId);
    }

    void delete(Transaction tx) {
        tx.sql().sql(DELETE).param(id).update();
    }

    private static ReplayJob read(ResultSet row) throws SQLException {
        DeliveryFilter filter = new DeliveryFilter(
                row.getString("tenant_id"),
                DeliveryState.of(row.getInt("state")).wireName(),
                row.getString("target_id"),
                null,
                Columns.timeOrNull(row, "since"),
                Columns.timeOrNull(row, "until"),
                Columns.timeOrNull(row, "as_of"));
        return new ReplayJob(row.getString("id"), filter, row.getString("after_id"));
    }
}
