package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The queries about messages. */
@Component
@EnableConfigurationProperties(SearchSettings.class)
public class MessageQueries {

    private static final String REST = ", m.rule_version, m.as_sent from message m";
    private static final String SELECT = "select " + MessageRows.COLUMNS + REST;
    private static final String SELECT_MANY = "select " + MessageRows.COLUMNS_OF_MANY + REST;
    private static final String ONE = " where m.tenant_id = :tenant and m.id = :id";
    private static final String OF_ANY_TENANT = " where m.id = :id";
    private static final String OF_SEQS = " where m.seq in (:seqs) order by m.seq";
    private static final String POSITIONS = "select m.accepted_at, m.seq from message m";
    private static final String IN_ORDER = " order by m.accepted_at desc, m.seq desc";
    private static final int LOOKED_AT = 10_000;
    /** Rows that are looked at first, for each that is wanted. */
    private static final int FIRST_LOOK = 4;
    /** So few messages are looked at one by one, and found wherever they are in the list. */
    private static final int FEW = 1_000;
    /** Characters of texts beyond ASCII that a page looks through. */
    private static final int LOOKED_THROUGH = 4 << 20;

    private static final int MOST_AT_ONCE = 1_000;

    private final Store store;
    private final SearchSettings settings;

    MessageQueries(Store store, SearchSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * A message and the rules that were applied to it.
     *
     * @param ruleVersion version of the rules; 0 if there were none
     * @param asSent      what the phone gave where something else stands in the message, as JSON; null if nothing does
     */
    public record Row(
            StoredMessage message,
            long ruleVersion,
            @Nullable String asSent) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(MessageRows.read(row), row.getLong("rule_version"), row.getString("as_sent"));
        }

        Row with(StoredMessage whole) {
            return new Row(whole, ruleVersion, asSent);
        }

        public Position position() {
            return new Position(message.acceptedAt().toEpochMilli(), message.seq());
        }
    }

    /** A message's place in the order of lists. */
    public record Position(long acceptedAt, long seq) {}

    /**
     * Messages, newest first.
     *
     * @param end the position at which the search stopped early, so that the page may be short; null at the end
     */
    public record Found(List<Row> rows, @Nullable Position end) {}

    /**
     * Returns up to {@code limit} messages behind a position, newest first. Conditions that no index knows are looked
     * for: a page looks at a limited number of rows, and of characters of texts, then it is short and says where to continue.
     */
    public Found list(JdbcClient sql, MessageFilter filter, @Nullable Position before, int limit) {
        List<Long> few = few(sql, filter, null);
        if (few != null && few.isEmpty()) {
            return new Found(List.of(), null);
        }
        String text = filter.text();
        String examined = filter.examined();
        if (text == null && few == null && !examined.isEmpty()) {
            return lookedFor(sql, filter, before, limit);
        }
        Map<String, @Nullable Object> params = filter.params();
        params.put("seqs", few);
        String where = few == null ? filter.where() : filter.whereAmong();
        if (text == null) {
            return whole(sql, rows(sql, where + examined, params, before, limit));
        }
        TextSearch search = new TextSearch(text, settings.ignoreAccents());
        String looked = examined + search.candidates(store.dialect());
        params.put("text", search.pattern());
        Position end = looked.isEmpty() || few != null ? null : boundary(sql, where, params, before, LOOKED_AT);
        return search(sql, new Rows(to(where + looked, params, end), params, end), search, before, limit);
    }

    /**
     * Looks for messages by conditions that no index knows: through a few rows at first, since mostly many match, and then
     * through as many as a page may. If only few of their deliveries can match, these lead to the messages.
     */
    private static Found lookedFor(JdbcClient sql, MessageFilter filter, @Nullable Position before, int limit) {
        for (int most = Math.min(FIRST_LOOK * limit, LOOKED_AT); ; most = LOOKED_AT) {
            Map<String, @Nullable Object> params = filter.params();
            Position end = boundary(sql, filter.where(), params, before, most);
            List<Long> few = most < LOOKED_AT || end == null ? null : few(sql, filter, end);
            params.put("seqs", few);
            String where = to((few == null ? filter.where() : filter.whereAmong()) + filter.examined(), params, end);
            boolean none = few != null && few.isEmpty();
            Found found = whole(sql, none ? List.of() : rows(sql, where, params, before, limit));
            if (found.end() != null || found.rows().size() == limit) {
                return found;
            } else if (most == LOOKED_AT || end == null) {
                return new Found(found.rows(), end);
            }
        }
    }

    /** Ends a condition at a position, inclusive; null for no end. */
    private static String to(String where, Map<String, @Nullable Object> params, @Nullable Position end) {
        if (end == null) {
            return where;
        }
        params.put("endAt", end.acceptedAt());
        params.put("endSeq", end.seq());
        return where + " and (m.accepted_at, m.seq) >= (:endAt, :endSeq)";
    }

    /**
     * Returns the numbers of messages that may match, if their deliveries tell that they are few.
     *
     * @param end only those up to there are meant, whose deliveries are no older than they are; null for all
     */
    private static @Nullable List<Long> few(JdbcClient sql, MessageFilter filter, @Nullable Position end) {
        DeliveryCondition delivery = filter.looked().delivery();
        String counted = delivery == null ? null : delivery.counted(end != null);
        if (delivery == null || counted == null) {
            return null;
        }
        Map<String, @Nullable Object> params = new HashMap<>(delivery.params());
        params.put("most", FEW + 1);
        params.put("from", end == null ? null : Delivery.firstIdAt(Instant.ofEpochMilli(end.acceptedAt())));
        if (sql.sql(counted).params(params).query(Long.class).single() > FEW) {
            return null;
        }
        return sql.sql(delivery.candidates(end != null))
                .params(params)
                .query(Long.class)
                .list();
    }

    /**
     * Rows to look through.
     *
     * @param end the position at which they end although there are more; null if there are not
     */
    private record Rows(
            String where,
            Map<String, @Nullable Object> params,
            @Nullable Position end) {}

    private Found search(JdbcClient sql, Rows among, TextSearch search, @Nullable Position before, int limit) {
        LongTexts texts = new LongTexts(sql);
        List<Row> found = new ArrayList<>();
        Position from = before;
        long characters = 0;
        for (int atOnce = limit; ; atOnce = Math.min(2 * atOnce, Math.max(limit, MOST_AT_ONCE))) {
            List<Row> candidates = rows(sql, among.where(), among.params(), from, atOnce);
            for (Row row : candidates) {
                if (found.size() == limit || characters > LOOKED_THROUGH || texts.areMuch()) {
                    return new Found(found, from);
                }
                from = row.position();
                StoredMessage message = texts.whole(row.message());
                if (message != null && search.finds(message.message().text())) {
                    found.add(row.with(message));
                }
                characters += row.message().message().text().length();
            }
            if (candidates.size() < atOnce || found.size() == limit) {
                return new Found(found, among.end());
            }
        }
    }

    /** Ends a page early whose texts are very long. */
    private static Found whole(JdbcClient sql, List<Row> rows) {
        LongTexts texts = new LongTexts(sql);
        List<Row> whole = new ArrayList<>(rows.size());
        Position last = null;
        for (Row row : rows) {
            if (texts.areMuch()) {
                return new Found(whole, last);
            }
            last = row.position();
            StoredMessage message = texts.whole(row.message());
            if (message != null) {
                whole.add(row.with(message));
            }
        }
        return new Found(whole, null);
    }

    private static List<Row> rows(
            JdbcClient sql, String where, Map<String, @Nullable Object> params, @Nullable Position before, int limit) {
        return sql.sql(SELECT_MANY + behind(where, before) + IN_ORDER + " limit :limit")
                .params(behind(params, before))
                .param("limit", limit)
                .query((row, n) -> Row.read(row))
                .list();
    }

    private static String behind(String where, @Nullable Position before) {
        return before == null ? where : where + " and (m.accepted_at, m.seq) < (:at, :seq)";
    }

    private static Map<String, @Nullable Object> behind(
            Map<String, @Nullable Object> params, @Nullable Position before) {
        if (before == null) {
            return params;
        }
        Map<String, @Nullable Object> behind = new HashMap<>(params);
        behind.put("at", before.acceptedAt());
        behind.put("seq", before.seq());
        return behind;
    }

    private static @Nullable Position boundary(
            JdbcClient sql, String where, Map<String, @Nullable Object> params, @Nullable Position before, int most) {
        return sql.sql(POSITIONS + behind(where, before) + IN_ORDER + " limit 1 offset :skipped")
                .params(behind(params, before))
                .param("skipped", most)
                .query((row, n) -> new Position(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(null);
    }

    /** Returns the number of messages, without looking at texts; {@code most} stands for more as well. */
    public static long count(JdbcClient sql, MessageFilter filter, int most) {
        return sql.sql("select count(*) from (select 1 from message m" + filter.where() + " limit :limit) counted")
                .params(filter.params())
                .param("limit", most)
                .query(Long.class)
                .single();
    }

    /** Returns the numbers of messages of a sender, the newest first. */
    public List<Long> ofSender(JdbcClient sql, String tenantId, Numbers from, int most) {
        MessageFilter filter = new MessageFilter(tenantId, from, null, null, null, null);
        return sql.sql("select m.seq from message m" + filter.where() + IN_ORDER + " limit :most")
                .params(filter.params())
                .param("most", most)
                .query(Long.class)
                .list();
    }

    public Optional<Row> find(JdbcClient sql, String tenantId, String id) {
        return sql.sql(SELECT + ONE)
                .param("tenant", tenantId)
                .param("id", id)
                .query((row, n) -> Row.read(row))
                .optional();
    }

    /** Returns a message of whatever tenant, for the operator. */
    public Optional<Row> find(JdbcClient sql, String id) {
        return sql.sql(SELECT + OF_ANY_TENANT)
                .param("id", id)
                .query((row, n) -> Row.read(row))
                .optional();
    }

    /**
     * Some messages, by their numbers.
     *
     * @param upTo the highest number that was looked for: the texts up to there are much. {@code Long.MAX_VALUE} for all
     */
    public record Some(Map<Long, Row> rows, long upTo) {}

    /** Returns those of these messages that are still there, the first ones if their texts are very long. */
    public Some ofSeqs(JdbcClient sql, Collection<Long> seqs) {
        Map<Long, Row> rows = new HashMap<>();
        LongTexts texts = new LongTexts(sql);
        long last = 0;
        for (Row row : seqs.isEmpty() ? List.<Row>of() : rows(sql, seqs)) {
            if (texts.areMuch()) {
                return new Some(rows, last);
            }
            last = row.message().seq();
            StoredMessage message = texts.whole(row.message());
            if (message != null) {
                rows.put(last, row.with(message));
            }
        }
        return new Some(rows, Long.MAX_VALUE);
    }

    private static List<Row> rows(JdbcClient sql, Collection<Long> seqs) {
        return sql.sql(SELECT_MANY + OF_SEQS)
                .param("seqs", seqs)
                .query((row, n) -> Row.read(row))
                .list();
    }
}
