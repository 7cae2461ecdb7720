package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns the messages whose deliveries are not all made yet, each with the place that was reached. */
@Component
class FanOutRows implements TableOwner {

    private static final String INSERT = """
            insert into fan_out (message_seq, tenant_id, device_id, target_seq, after_target, actions_done)
            values (?, ?, ?, ?, '', 0)""";
    private static final String NEXT = """
            select message_seq, after_target, actions_done, target_seq from fan_out
            where tenant_id = ? order by message_seq limit ?""";
    private static final String ANY = "select 1 from fan_out where tenant_id = ? limit 1";
    private static final String ANY_OF_DEVICE = "select 1 from fan_out where device_id = ? limit 1";
    private static final String TENANTS = "select tenant_id, count(*) from fan_out group by tenant_id";
    private static final String MOVE = "update fan_out set after_target = ?, actions_done = ? where message_seq = ?";
    private static final String DELETE = "delete from fan_out where message_seq = ?";
    private static final String DELETE_OF_DEVICE = "delete from fan_out where device_id = ?";

    @Override
    public List<Table> tables() {
        return List.of(Table.named("fan_out")
                .kept("deleted with the last delivery of its message")
                .notErased("names messages by number only")
                .leaves(Leaving.of("fan_out", "message_seq")));
    }

    /**
     * @param place     where to go on
     * @param targetSeq number of the newest target that the message may go to
     */
    record Row(long messageSeq, Plan.Place place, long targetSeq) {}

    static void insert(Transaction tx, StoredMessage stored, long targetSeq) throws SQLException {
        PreparedStatement insert = tx.prepared(INSERT);
        insert.setLong(1, stored.seq());
        insert.setString(2, stored.message().tenantId());
        insert.setString(3, stored.message().deviceId());
        insert.setLong(4, targetSeq);
        insert.executeUpdate();
    }

    /** Returns the tenant's oldest messages that are not done. */
    static List<Row> next(JdbcClient sql, String tenantId, int limit) {
        return sql.sql(NEXT)
                .params(tenantId, limit)
                .query((row, n) ->
                        new Row(row.getLong(1), new Plan.Place(row.getString(2), row.getInt(3)), row.getLong(4)))
                .list();
    }

    /** Returns how many messages of each tenant are not done. */
    static Map<String, Integer> tenants(JdbcClient sql) {
        Map<String, Integer> tenants = new HashMap<>();
        sql.sql(TENANTS).query(row -> {
            tenants.put(row.getString(1), row.getInt(2));
        });
        return tenants;
    }

    static boolean any(Transaction tx, String tenantId) throws SQLException {
        PreparedStatement query = tx.prepared(ANY);
        query.setString(1, tenantId);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    static boolean anyOfDevice(JdbcClient sql, String deviceId) {
        return sql.sql(ANY_OF_DEVICE)
                .param(deviceId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Notes the place that was reached; returns false if nothing more is wanted of the message. */
    static boolean move(Transaction tx, long messageSeq, Plan.Place to) throws SQLException {
        PreparedStatement move = tx.prepared(MOVE);
        move.setString(1, to.afterTarget());
        move.setInt(2, to.actionsDone());
        move.setLong(3, messageSeq);
        return move.executeUpdate() == 1;
    }

    /** Returns false if nothing more was wanted of the message. */
    static boolean delete(Transaction tx, long messageSeq) throws SQLException {
        PreparedStatement delete = tx.prepared(DELETE);
        delete.setLong(1, messageSeq);
        return delete.executeUpdate() == 1;
    }

    static void deleteOfDevice(Transaction tx, String deviceId) {
        tx.sql().sql(DELETE_OF_DEVICE).param(deviceId).update();
    }
}
