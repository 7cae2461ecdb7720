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
import com.mobileapiconnect.bridge.store.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Owns the parts of long SMS. Erasing a number begins with them, so that they do not become a message afterwards; a device
 * with parts that wait is not removed unless what is unfinished is to be discarded.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PartTables implements TableOwner, Erasing, Unfinished {

    /** Longer than a provider tries again. */
    private static final Duration REPEATS_COME_WITHIN = Duration.ofDays(3);

    private static final String OLD = """
            select came_at, seq from sms_part
            where came_at < :before and (came_at, seq) > (:at, :seq) order by came_at, seq limit :limit""";
    private static final String REMOVE_OLD = "delete from sms_part where seq in (:seqs) and content is null";
    private static final String COUNT = """
            select count(*) from sms_part where tenant_id = :tenant and sender_key in (:keys)""";
    private static final String ERASE = """
            delete from sms_part where seq in (
                select seq from sms_part where tenant_id = :tenant and sender_key in (:keys) order by seq limit :limit)""";
    private static final String WAITING = "select 1 from sms_part where device_id = ? and content is not null limit 1";
    private static final String DISCARD = "delete from sms_part where device_id = ? and content is not null";

    @Override
    public List<Table> tables() {
        return List.of(Table.named("sms_part")
                .ages(new Ageing<>(
                        Period.unreferenced("parts", REPEATS_COME_WITHIN), PartTables::old, PartTables::remove))
                .erases(this)
                .leaves(Leaving.of("sms_part", "seq")));
    }

    private record Place(long cameAt, long seq) {}

    private static Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli())
                .param("at", after == null ? Long.MIN_VALUE : after.cameAt())
                .param("seq", after == null ? 0 : after.seq())
                .param("limit", limit)
                .query((row, n) -> new Place(row.getLong(1), row.getLong(2)))
                .list());
    }

    private static int remove(Transaction tx, List<Place> rows) {
        return tx.sql()
                .sql(REMOVE_OLD)
                .param("seqs", rows.stream().map(Place::seq).toList())
                .update();
    }

    @Override
    public Erased none() {
        return Erased.NOTHING;
    }

    @Override
    public long count(JdbcClient sql, Of number) {
        return about(sql, COUNT, number).query(Long.class).single();
    }

    @Override
    public Erased erase(Transaction tx, Of number, int limit) {
        int rows = about(tx.sql(), ERASE, number).param("limit", limit).update();
        return new Erased(rows, Erased.NOTHING.counts());
    }

    private static JdbcClient.StatementSpec about(JdbcClient sql, String statement, Of of) {
        return sql.sql(statement)
                .param("tenant", of.tenantId())
                .param("keys", of.number().ever());
    }

    @Override
    public Optional<Since> noneOf(JdbcClient sql, Removal removal) {
        if (removal.kind() != Kind.DEVICE) {
            return Optional.of(Since.NEVER);
        }
        String deviceId = removal.id();
        return waits(sql, deviceId) ? Optional.empty() : Optional.of(tx -> waits(tx.sql(), deviceId));
    }

    private static boolean waits(JdbcClient sql, String deviceId) {
        return sql.sql(WAITING).param(deviceId).query(Integer.class).optional().isPresent();
    }

    @Override
    public @Nullable String discard(Transaction tx, Discarded discarded) {
        discarded.removals().stream()
                .filter(removal -> removal.kind() == Kind.DEVICE)
                .forEach(removal -> tx.sql().sql(DISCARD).param(removal.id()).update());
        return null;
    }
}
