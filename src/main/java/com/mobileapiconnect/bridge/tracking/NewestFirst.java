package com.mobileapiconnect.bridge.tracking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries of a tenant, newest first: those of its targets, merged, or of one. So no index has to keep deliveries by tenant,
 * for which each of them would pay, and a tenant with few among others with millions still has its page at once.
 */
final class NewestFirst {

    private static final String HEADS = """
            select t.id, (
                select max(d.id) from delivery d where d.target_id = t.id and d.id < :before and d.id >= :notBefore)
            from target t where t.tenant_id = :tenant""";
    private static final String ONE = " and t.id = :target";
    private static final String NEXT = """
            select id from delivery where target_id = :target and id < :before and id >= :notBefore
            order by id desc limit :limit""";
    private static final int FIRST_LOOK = 16;
    private static final int LONGEST_LOOK = 512;

    private final JdbcClient sql;
    private final Range range;
    /** The targets that have more, the one with the newest first. */
    private final PriorityQueue<OfTarget> targets =
            new PriorityQueue<>(Comparator.comparing(OfTarget::newest).reversed());

    /** @param targetId the only target whose deliveries are meant; null for all of the tenant */
    NewestFirst(JdbcClient sql, String tenantId, @Nullable String targetId, Range range) {
        this.sql = sql;
        this.range = range;
        sql.sql(targetId == null ? HEADS : HEADS + ONE)
                .param("tenant", tenantId)
                .param("target", targetId)
                .param("before", range.before())
                .param("notBefore", range.notBefore())
                .query(row -> {
                    String newest = row.getString(2);
                    if (newest != null) {
                        targets.add(new OfTarget(row.getString(1), newest));
                    }
                });
    }

    /** Returns the ids of the next ones; fewer than {@code limit} only at the end. */
    List<String> next(int limit) {
        List<String> ids = new ArrayList<>(limit);
        while (ids.size() < limit) {
            OfTarget newest = targets.poll();
            if (newest == null) {
                return ids;
            }
            ids.add(newest.take());
            if (newest.hasMore()) {
                targets.add(newest);
            }
        }
        return ids;
    }

    /** The deliveries of a target that were not taken, of which a few are read at a time. */
    private final class OfTarget {

        private final String targetId;
        private final Deque<String> read = new ArrayDeque<>();
        private int look = FIRST_LOOK;

        OfTarget(String targetId, String newest) {
            this.targetId = targetId;
            read.add(newest);
        }

        String newest() {
            return read.element();
        }

        String take() {
            String taken = read.remove();
            if (read.isEmpty()) {
                read.addAll(sql.sql(NEXT)
                        .param("target", targetId)
                        .param("before", taken)
                        .param("notBefore", range.notBefore())
                        .param("limit", look)
                        .query(String.class)
                        .list());
                look = Math.min(2 * look, LONGEST_LOOK);
            }
            return taken;
        }

        boolean hasMore() {
            return !read.isEmpty();
        }
    }
}
