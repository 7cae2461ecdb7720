package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
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

/** Owns the counts, which stay when what they count has gone. */
@Component
class StatTables implements TableOwner {

    private static final String OLD = """
            select hour, tenant_id, target_id from hourly
            where hour < :before and (hour, tenant_id, target_id) > (:hour, :tenant, :target)
            order by hour, tenant_id, target_id limit :limit""";
    private static final String OF_TENANT = "select tenant_id, target_id, hour from hourly where tenant_id = ? limit ?";
    private static final String REMOVE = "delete from hourly where tenant_id = ? and target_id = ? and hour = ?";

    private record Place(String tenantId, String targetId, long hour) {}

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("tally")
                        .kept("is added to hourly within seconds")
                        .notErased("has ids and numbers only")
                        .leaves(Leaving.of("tally", "seq")),
                Table.named("hourly")
                        .ages(new Ageing<>(Period.setting("stats"), StatTables::old, StatTables::remove))
                        .notErased("has ids and numbers only; what was received was received")
                        .leaves(Leaving.of(
                                OF_TENANT,
                                row -> new Place(row.getString(1), row.getString(2), row.getLong(3)),
                                StatTables::remove)));
    }

    private static Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli() / Tally.HOUR_MILLIS)
                .param("hour", after == null ? Long.MIN_VALUE : after.hour())
                .param("tenant", after == null ? "" : after.tenantId())
                .param("target", after == null ? "" : after.targetId())
                .param("limit", limit)
                .query((row, n) -> new Place(row.getString(2), row.getString(3), row.getLong(1)))
                .list());
    }

    private static int remove(Transaction tx, List<Place> places) {
        tx.batch(
                REMOVE,
                places.stream()
                        .map(place -> List.of(place.tenantId(), place.targetId(), place.hour()))
                        .toList());
        return places.size();
    }
}
