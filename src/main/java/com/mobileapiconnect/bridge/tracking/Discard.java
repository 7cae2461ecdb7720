package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The order to end the unfinished deliveries of some targets.
 *
 * @param device restricts the order to messages of this device; null for all
 */
record Discard(@Nullable String device, List<String> targets) {

    private static final String NEXT = DeliveryState.sql("""
            select d.next_at, d.id from delivery d
            where d.target_id = :target and d.state = {PENDING} and (d.next_at, d.id) > (:nextAt, :id)
            order by d.next_at, d.id limit :limit""");
    private static final String NEXT_OF_DEVICE =
            DeliveryState.sql("select d.next_at, d.id from delivery d" + MessageRows.JOIN + """
            where d.target_id = :target and d.state = {PENDING} and (d.next_at, d.id) > (:nextAt, :id)
                and m.device_id = :device
            order by d.next_at, d.id limit :limit""");

    /**
     * A position in the list of targets, and among a target's deliveries in the order of due times.
     *
     * @param id the last delivery done; empty before the first of its target
     */
    record Place(int target, long nextAt, String id) {

        static Place beginning(int target) {
            return new Place(target, Long.MIN_VALUE, "");
        }
    }

    /** Returns the next deliveries of the place's target, the last one being the place to go on from. */
    List<Place> next(JdbcClient sql, Place after, int limit) {
        if (after.target() >= targets.size()) {
            return List.of();
        }
        JdbcClient.StatementSpec query = sql.sql(device == null ? NEXT : NEXT_OF_DEVICE)
                .param("target", targets.get(after.target()))
                .param("nextAt", after.nextAt())
                .param("id", after.id())
                .param("limit", limit);
        return (device == null ? query : query.param("device", device))
                .query((row, n) -> new Place(after.target(), row.getLong(1), row.getString(2)))
                .list();
    }
}
