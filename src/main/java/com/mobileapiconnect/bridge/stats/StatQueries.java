package com.mobileapiconnect.bridge.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queries about counts. */
public final class StatQueries {

    public static final Duration HOUR = Duration.ofMillis(Tally.HOUR_MILLIS);

    private static final String HOURS = """
            select hour, received, failed, skipped, latencies from hourly
            where tenant_id = :tenant and target_id = :target and hour >= :since and hour < :until order by hour""";
    // Goes from one target to the next, past all its hours.
    private static final String TARGETS = """
            with recursive t (id) as (
                select max(target_id) from hourly where tenant_id = :tenant and target_id < :before
                union all
                select (select max(h.target_id) from hourly h where h.tenant_id = :tenant and h.target_id < t.id)
                from t where t.id > '')
            select id from t where id > '' limit :limit""";

    private static final String COUNTED = "select 1 from hourly where tenant_id = ? and target_id = ? limit 1";

    private StatQueries() {}

    /** A period of whole hours. */
    public record Period(Instant since, Instant until) {

        private static long hour(Instant time) {
            return time.toEpochMilli() / Tally.HOUR_MILLIS;
        }
    }

    /** Takes the counts of an hour, of which a period has many: they are not kept all at once. */
    @FunctionalInterface
    public interface Hours {
        void take(Instant begin, Counts counts);
    }

    /**
     * Goes through the hours of a period in which anything happened, oldest first.
     *
     * @param targetId null for all of the tenant
     */
    public static void hours(JdbcClient sql, String tenantId, @Nullable String targetId, Period period, Hours hours) {
        find(sql, tenantId, targetId, period).query(row -> {
            hours.take(Instant.ofEpochMilli(row.getLong("hour") * Tally.HOUR_MILLIS), new Counts().add(row));
        });
    }

    /** Returns the counts of a period. */
    public static Counts sum(JdbcClient sql, String tenantId, String targetId, Period period) {
        Counts sum = new Counts();
        find(sql, tenantId, targetId, period).query(row -> {
            sum.add(row);
        });
        return sum;
    }

    private static JdbcClient.StatementSpec find(
            JdbcClient sql, String tenantId, @Nullable String targetId, Period period) {
        return sql.sql(HOURS)
                .param("tenant", tenantId)
                .param("target", targetId == null ? Tally.TENANT : targetId)
                .param("since", Period.hour(period.since()))
                .param("until", Period.hour(period.until()));
    }

    /** Returns whether anything was counted for a target. */
    public static boolean isCounted(JdbcClient sql, String tenantId, String targetId) {
        return sql.sql(COUNTED)
                .params(tenantId, targetId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Returns the ids of targets for which anything was counted, in descending order, up to before one. */
    public static List<String> targets(JdbcClient sql, String tenantId, String before, int limit) {
        return sql.sql(TARGETS)
                .param("tenant", tenantId)
                .param("before", before)
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
