package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The order to end a target's unfinished deliveries, kept as a row from the deletion until the last of them has ended.
 *
 * @param deviceId restricts the order to messages of this device; empty for all
 */
record Discard(String targetId, String deviceId) {

    private static final String ALL = "select target_id, device_id from discard order by target_id, device_id";
    private static final String INSERT =
            "insert into discard (target_id, device_id) values (?, ?) on conflict do nothing";
    private static final String DELETE = "delete from discard where target_id = ? and device_id = ?";
    private static final String NEXT = DeliveryState.sql("""
            select d.next_at, d.id from delivery d
            where d.target_id = :target and d.state = {PENDING} and (d.next_at, d.id) > (:nextAt, :id)
            order by d.next_at, d.id limit :limit""");
    private static final String NEXT_OF_DEVICE =
            DeliveryState.sql("select d.next_at, d.id from delivery d" + MessageRows.JOIN + """
            where d.target_id = :target and d.state = {PENDING} and (d.next_at, d.id) > (:nextAt, :id)
                and m.device_id = :device
            order by d.next_at, d.id limit :limit""");

    /** A position in the order of due times. */
    record Place(long nextAt, String id) {

        static final Place FIRST = new Place(Long.MIN_VALUE, "");
    }

    static List<Discard> all(JdbcClient sql) {
        return sql.sql(ALL)
                .query((row, n) -> new Discard(row.getString(1), row.getString(2)))
                .list();
    }

    void insert(Transaction tx) {
        tx.sql().sql(INSERT).params(targetId, deviceId).update();
    }

    void delete(Transaction tx) {
        tx.sql().sql(DELETE).params(targetId, deviceId).update();
    }

    List<Place> next(JdbcClient sql, Place after, int limit) {
        JdbcClient.StatementSpec query = sql.sql(deviceId.isEmpty() ? NEXT : NEXT_OF_DEVICE)
                .param("target", targetId)
                .param("nextAt", after.nextAt())
                .param("id", after.id())
                .param("limit", limit);
        return (deviceId.isEmpty() ? query : query.param("device", deviceId))
                .query((row, n) -> new Place(row.getLong(1), row.getString(2)))
                .list();
    }

    @Override
    public String toString() {
        return deviceId.isEmpty() ? "target " + targetId : "device " + deviceId + " for target " + targetId;
    }
}
