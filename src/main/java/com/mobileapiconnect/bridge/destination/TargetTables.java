package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns targets. A deleted one stays as a name for its deliveries and their counts, and goes with
 * the last of them. */
@Component
class TargetTables implements TableOwner {

    /** Longer than the time between the routing of a message and its commit. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final String DELETED = """
            select id, tenant_id from target where id > :after and deleted_at < :before order by id limit :limit""";
    private static final String REMOVE = "delete from target where id = ? and deleted_at is not null";
    private static final String OF_TENANT = "select id from target where tenant_id = ? limit ?";

    private final TargetUse use;
    private final Targets targets;

    TargetTables(TargetUse use, Targets targets) {
        this.use = use;
        this.targets = targets;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("target")
                .readBy("tracking")
                .ages(new Ageing<>(Period.unreferenced("targets", GRACE), this::unreferenced, this::remove))
                .notErased("holds what the tenant has set up")
                .leaves(Leaving.of(OF_TENANT, row -> row.getString(1), this::removeOfTenant)));
    }

    private record Deleted(String id, String tenantId) {}

    private boolean isUsed(JdbcClient sql, Deleted target) {
        return use.isUsed(sql, target.tenantId(), target.id());
    }

    private Found<Deleted> unreferenced(JdbcClient sql, @Nullable Deleted after, Instant before, int limit) {
        List<Deleted> page = sql.sql(DELETED)
                .param("after", after == null ? "" : after.id())
                .param("before", before.toEpochMilli())
                .param("limit", limit)
                .query((row, n) -> new Deleted(row.getString(1), row.getString(2)))
                .list();
        return new Found<>(
                page.stream().filter(target -> !isUsed(sql, target)).toList(),
                page.isEmpty() ? null : page.get(page.size() - 1));
    }

    private int removeOfTenant(Transaction tx, List<String> ids) {
        for (String id : ids) {
            targets.remove(tx, id);
            tx.sql().sql(REMOVE).param(id).update();
        }
        return ids.size();
    }

    private int remove(Transaction tx, List<Deleted> deleted) {
        int removed = 0;
        for (Deleted target : deleted) {
            if (!isUsed(tx.sql(), target)) {
                removed += tx.sql().sql(REMOVE).param(target.id()).update();
            }
        }
        return removed;
    }
}
