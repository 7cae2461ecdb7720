package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.stats.Counts;
import com.mobileapiconnect.bridge.stats.RollUp;
import com.mobileapiconnect.bridge.stats.StatQueries;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tracking.DeliveryView.TargetRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts together what was counted and what waits; neither needs what is deferred. */
@Component
class Stats {

    private static final String CURSOR = "stats:";
    private static final String REFS = "select id, type, name from target where id in (:ids) and tenant_id = :tenant";
    /** Rows of counts that one answer adds up; a page of targets ends where they would be more. */
    static final int MOST_ROWS = 20_000;

    private final Store store;
    private final Targets targets;
    private final Backlog backlog;
    private final RollUp rollUp;

    Stats(Store store, Targets targets, Backlog backlog, RollUp rollUp) {
        this.store = store;
        this.targets = targets;
        this.backlog = backlog;
        this.rollUp = rollUp;
    }

    StatsView ofTenant(String tenantId, StatQueries.Period period, Page.Request page) {
        String before = page.beforeId(CURSOR).substring(page.cursor() == null ? 0 : CURSOR.length());
        long hours = Duration.between(period.since(), period.until()).toHours();
        Page.Request shown = new Page.Request((int) Math.min(page.limit(), MOST_ROWS / hours), page.cursor());
        TreeMap<String, Long> waiting = waiting(tenantId);
        long waits = waiting.values().stream().mapToLong(Long::longValue).sum();
        TreeSet<String> ids = new TreeSet<>(Comparator.<String>reverseOrder());
        ids.addAll(store.readKnowing(tenantId, sql -> StatQueries.targets(sql, tenantId, before, shown.limit() + 1)));
        ids.addAll(waiting.headMap(before).keySet());
        Page<String> some = Page.of(ids.stream().limit(shown.limit() + 1L).toList(), shown, id -> CURSOR + id);
        return view(tenantId, null, period, waits, ofTargets(tenantId, some, period, waiting));
    }

    StatsView ofTarget(String tenantId, String publicId, StatQueries.Period period) {
        String id = String.valueOf(targets.internalId(tenantId, publicId));
        TreeMap<String, Long> waiting = waiting(tenantId);
        Page<String> one = new Page<>(List.of(id), null);
        if (store.readKnowing(tenantId, sql -> refs(sql, tenantId, one.data())).isEmpty()) {
            throw Problem.invalid("target", "names no target that this tenant has or had");
        }
        return view(tenantId, id, period, waiting.getOrDefault(id, 0L), ofTargets(tenantId, one, period, waiting));
    }

    private TreeMap<String, Long> waiting(String tenantId) {
        TreeMap<String, Long> waiting = new TreeMap<>();
        for (Target target : targets.all()) {
            long unfinished = target.tenantId().equals(tenantId) ? backlog.of(target.id()) : 0;
            if (unfinished > 0) {
                waiting.put(target.id(), unfinished);
            }
        }
        return waiting;
    }

    /** @param targetId null for all of the tenant */
    private StatsView view(
            String tenantId,
            @Nullable String targetId,
            StatQueries.Period period,
            long waiting,
            Page<StatsView.OfTarget> ofTargets) {
        boolean ofTenant = targetId == null;
        Counts total = new Counts();
        List<StatsView.Hour> hours = new ArrayList<>();
        store.readKnowing(tenantId, sql -> {
            StatQueries.hours(sql, tenantId, targetId, period, (begin, counts) -> {
                hours.add(StatsView.Hour.of(begin, counts, ofTenant));
                total.add(counts);
            });
            return hours;
        });
        return new StatsView(
                period.since(),
                period.until(),
                rollUp.countedUntil(),
                StatsView.Sums.of(total, ofTenant, waiting),
                hours,
                ofTargets.data(),
                ofTargets.next());
    }

    /** Each target has a turn of its own at the few readers, so that other queries come in between. */
    private Page<StatsView.OfTarget> ofTargets(
            String tenantId, Page<String> ids, StatQueries.Period period, Map<String, Long> waiting) {
        Map<String, TargetRef> refs = store.readKnowing(tenantId, sql -> refs(sql, tenantId, ids.data()));
        List<StatsView.OfTarget> shown = new ArrayList<>();
        for (String id : ids.data()) {
            Counts counts = store.readKnowing(tenantId, sql -> StatQueries.sum(sql, tenantId, id, period));
            TargetRef ref = refs.get(id);
            long waits = waiting.getOrDefault(id, 0L);
            if (ref != null && (waits > 0 || !counts.isNothing())) {
                shown.add(StatsView.OfTarget.of(ref, counts, waits));
            }
        }
        return new Page<>(shown, ids.next());
    }

    /** A deleted target has a name still. */
    private static Map<String, TargetRef> refs(JdbcClient sql, String tenantId, List<String> ids) {
        Map<String, TargetRef> refs = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.sql(REFS).param("ids", ids).param("tenant", tenantId).query(row -> {
                String id = row.getString("id");
                String type = row.getString("type");
                refs.put(id, new TargetRef(type, Target.Type.named(type).publicId(id), row.getString("name")));
            });
        }
        return refs;
    }
}
