package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages that a target has no delivery of, other than by an action of a rule. */
public final class MissingDeliveries {

    private static final String DELIVERY_THERE =
            "exists (select 1 from delivery d where d.message_seq = m.seq and d.target_id = :target"
                    + " and d.action_id = '')";
    // The position is the only lower bound: beside a second one, a query would look at all rows before the position.
    private static final String PAGE =
            "select case when " + DELIVERY_THERE + " then 1 else 0 end as made, " + MessageRows.COLUMNS_OF_MANY + """
             from message m
            where m.tenant_id = :tenant and m.accepted_at < :until and m.seq <= :newest
              and (m.accepted_at, m.seq) > (:at, :seq)
            order by m.accepted_at, m.seq limit :limit""";
    private static final String STILL_MISSING =
            "select m.seq from message m where m.seq in (:seqs) and not " + DELIVERY_THERE;
    private static final String OLDEST = "select min(accepted_at) as oldest from message where tenant_id = ?";

    private MissingDeliveries() {}

    /**
     * A period of a tenant's messages.
     *
     * @param until  end of the period, exclusive, in milliseconds
     * @param newest number of the last message that belongs to it
     */
    public record Period(String tenantId, long until, long newest) {}

    /** @param made whether the target has its delivery */
    public record Row(StoredMessage message, boolean made) {

        public Position position() {
            return new Position(message.acceptedAt().toEpochMilli(), message.seq());
        }
    }

    /** @param more whether others may follow; a page with many characters is short */
    public record Page(List<Row> rows, boolean more) {}

    /** Returns messages of the period behind a position, oldest first. */
    public static Page page(JdbcClient sql, String targetId, Period period, Position after, int limit) {
        List<Row> found = find(sql, targetId, period, after, limit);
        LongTexts texts = new LongTexts(sql);
        List<Row> rows = new ArrayList<>(found.size());
        for (Row row : found) {
            if (texts.areMuch()) {
                return new Page(rows, true);
            }
            StoredMessage whole = texts.whole(row.message());
            // Nothing is to be done for a message that is gone meanwhile.
            rows.add(whole == null ? new Row(row.message(), true) : new Row(whole, row.made()));
        }
        return new Page(rows, found.size() == limit);
    }

    private static List<Row> find(JdbcClient sql, String targetId, Period period, Position after, int limit) {
        return sql.sql(PAGE)
                .param("target", targetId)
                .param("tenant", period.tenantId())
                .param("until", period.until())
                .param("newest", period.newest())
                .param("at", after.acceptedAt())
                .param("seq", after.seq())
                .param("limit", limit)
                .query((row, n) -> new Row(MessageRows.read(row), row.getInt("made") != 0))
                .list();
    }

    /** Returns those of these messages that are there and of which the target still has no delivery. */
    public static Set<Long> still(Transaction tx, String targetId, Collection<Long> seqs) {
        return seqs.isEmpty()
                ? Set.of()
                : new HashSet<>(tx.sql()
                        .sql(STILL_MISSING)
                        .param("target", targetId)
                        .param("seqs", seqs)
                        .query(Long.class)
                        .list());
    }

    /** Returns when the oldest of the tenant's messages that are there was accepted; empty if there is none. */
    public static Optional<Instant> oldest(JdbcClient sql, String tenantId) {
        return sql.sql(OLDEST)
                .param(tenantId)
                .query((row, n) -> Optional.ofNullable(Columns.timeOrNull(row, "oldest")))
                .single();
    }
}
