package com.mobileapiconnect.bridge.job;

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

/** Owns the jobs. Those that have ended are kept for a while, so that callers can ask what came of them. */
@Component
class JobTables implements TableOwner {

    private static final String OLD = Job.State.sql("""
            select ended_at, id from job
            where state > {OPEN} and ended_at < :before and (ended_at, id) > (:at, :id)
            order by ended_at, id limit :limit""");
    private static final String REMOVE = Job.State.sql("delete from job where id in (:ids) and state > {OPEN}");

    @Override
    public List<Table> tables() {
        return List.of(Table.named("job")
                .ages(new Ageing<>(Period.setting("jobs"), JobTables::old, JobTables::remove))
                .notErased("names ids and counts only")
                .leaves(Leaving.of("job", "id")));
    }

    private record Place(long endedAt, String id) {}

    private static Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli())
                .param("at", after == null ? Long.MIN_VALUE : after.endedAt())
                .param("id", after == null ? "" : after.id())
                .param("limit", limit)
                .query((row, n) -> new Place(row.getLong(1), row.getString(2)))
                .list());
    }

    private static int remove(Transaction tx, List<Place> places) {
        return tx.sql()
                .sql(REMOVE)
                .param("ids", places.stream().map(Place::id).toList())
                .update();
    }
}
