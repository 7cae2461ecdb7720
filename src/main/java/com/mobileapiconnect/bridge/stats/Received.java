package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts messages received. Nothing is written when they come: their rows are counted a few seconds later, in the order
 * of their numbers, and the number reached is kept in the same unit. So a message must not go before it is counted.
 */
public final class Received {

    private static final String NAME = "'stats/message'";
    private static final String REACHED = "(select cast(value as bigint) from meta where name = " + NAME + ")";
    private static final String NEXT = """
            select m.tenant_id, m.accepted_at / %d as hour, count(*) as n, max(m.seq) as last
            from (select seq, tenant_id, accepted_at from message where seq > %s order by seq limit ?) m
            group by m.tenant_id, m.accepted_at / %1$d""".formatted(Tally.HOUR_MILLIS, REACHED);
    private static final String REACH = "update meta set value = ? where name = " + NAME;
    private static final String LEAVING = """
            select tenant_id, accepted_at / %d as hour, count(*) as n from message
            where seq in (:seqs) and seq > %s group by tenant_id, accepted_at / %1$d""".formatted(Tally.HOUR_MILLIS, REACHED);
    private static final String LEFT = """
            update meta set value = (select cast(coalesce(max(seq), 0) as text) from message)
            where name = %s and cast(value as bigint) > (select coalesce(max(seq), 0) from message)""".formatted(NAME);
    static final String ANY = "select 1 from message where seq > " + REACHED + " limit 1";

    private Received() {}

    private record Some(String tenantId, long hour, long count, long last) {}

    /** Adds up to this many messages that are not counted yet; returns their number. */
    static long count(Transaction tx, int limit, Sums sums) {
        List<Some> some = tx.sql()
                .sql(NEXT)
                .param(limit)
                .query((row, n) -> new Some(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .list();
        some.forEach(each -> sums.of(each.tenantId(), Tally.TENANT, each.hour()).addReceived(each.count()));
        some.stream().mapToLong(Some::last).max().ifPresent(last -> tx.sql()
                .sql(REACH)
                .param(Long.toString(last))
                .update());
        return some.stream().mapToLong(Some::count).sum();
    }

    /** Counts those of these messages that are not counted yet; called before their rows are deleted. */
    public static void leaving(Transaction tx, List<Long> seqs) throws SQLException {
        List<Some> uncounted = tx.sql()
                .sql(LEAVING)
                .param("seqs", seqs)
                .query((row, n) -> new Some(row.getString(1), row.getLong(2), row.getLong(3), 0))
                .list();
        for (Some each : uncounted) {
            Tally tally = new Tally(each.hour());
            tally.received(each.tenantId(), each.count());
            tally.write(tx);
        }
    }

    /** Called after rows of messages were deleted: SQLite gives the numbers of the last ones again. */
    public static void left(Transaction tx) {
        tx.sql().sql(LEFT).update();
    }
}
