package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryCondition;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The API's queries about deliveries. */
@Component
public class DeliveryQueries {

    private static final String SELECT = "select " + DeliveryView.COLUMNS + " from delivery d" + MessageRows.LEFT_JOIN
            + "join target t on t.id = d.target_id ";
    /** A deleted target gets nothing more. */
    private static final String TO_WHAT_IS_THERE =
            " and exists (select 1 from target t where t.id = d.target_id and t.deleted_at is null)";

    private static final String COUNTS = """
            select message_seq, count(*) as deliveries,
                sum(case when attempts < :most then attempts else :most end) as attempts
            from delivery where message_seq in (:seqs) group by message_seq""";

    /** Deliveries of a message that its story tells of; the list of deliveries has all. */
    static final int MOST_OF_A_MESSAGE = 2_000;
    /** Deliveries and attempts of messages that are read at once, or those of one message. */
    private static final int AT_ONCE = 500;

    private static final Count NONE = new Count(0, 0);

    private final MessageQueries messages;
    private final Targets targets;
    private final Schedule schedule;
    private final Replies replies;
    private final Lanes lanes;

    DeliveryQueries(MessageQueries messages, Targets targets, Schedule schedule, Replies replies, Lanes lanes) {
        this.messages = messages;
        this.targets = targets;
        this.schedule = schedule;
        this.replies = replies;
        this.lanes = lanes;
    }

    /**
     * The deliveries of a message that its story tells of, oldest first.
     *
     * @param leftOut further ones, which only the list of deliveries has
     */
    public record Went(List<DeliveryView> deliveries, int leftOut) {}

    /** @param attempts those that may be shown */
    private record Count(int deliveries, int attempts) {}

    /**
     * Returns what became of these messages, in their order: of the first ones, if the attempts of these are much. Of a
     * message whose own attempts are much, some deliveries have their last one alone.
     */
    public Map<Long, Went> ofMessages(JdbcClient sql, List<Long> messageSeqs) {
        Map<Long, Count> counts = counts(sql, messageSeqs);
        ShownAttempts attempts = new ShownAttempts(sql, replies);
        Map<Long, Went> went = new LinkedHashMap<>();
        while (went.size() < messageSeqs.size() && !attempts.areMuch()) {
            List<Long> some = part(messageSeqs, went.size(), counts);
            Map<Long, List<DeliveryView>> shown =
                    attempts.ofAll(of(sql, some)).stream().collect(Collectors.groupingBy(DeliveryView::messageSeq));
            if (attempts.areCut() && !went.isEmpty()) {
                return went; // whoever asks on has more of them
            }
            for (Long seq : some) {
                int leftOut = counts.getOrDefault(seq, NONE).deliveries() - MOST_OF_A_MESSAGE;
                went.put(seq, new Went(shown.getOrDefault(seq, List.of()), Math.max(0, leftOut)));
            }
        }
        return went;
    }

    /** Returns the first deliveries of these messages, oldest first, each with its last attempt alone. */
    public Map<Long, List<DeliveryView>> firstOf(JdbcClient sql, List<Long> messageSeqs, int mostOfOne) {
        Map<Long, Count> counts = counts(sql, messageSeqs);
        List<DeliveryView> first = new ArrayList<>();
        List<Long> some;
        for (int looked = 0; looked < messageSeqs.size(); looked += some.size()) {
            some = part(messageSeqs, looked, counts);
            of(sql, some).stream()
                    .collect(Collectors.groupingBy(DeliveryView::messageSeq))
                    .values()
                    .forEach(all -> first.addAll(all.subList(0, Math.min(mostOfOne, all.size()))));
        }
        return new ShownAttempts(sql, replies)
                .lastOf(first).stream().collect(Collectors.groupingBy(DeliveryView::messageSeq));
    }

    private static Map<Long, Count> counts(JdbcClient sql, List<Long> messageSeqs) {
        Map<Long, Count> counts = new HashMap<>();
        if (messageSeqs.isEmpty()) {
            return counts;
        }
        sql.sql(COUNTS)
                .param("seqs", messageSeqs)
                .param("most", ShownAttempts.OF_ONE)
                .query(row -> {
                    counts.put(row.getLong("message_seq"), new Count(row.getInt("deliveries"), row.getInt("attempts")));
                });
        return counts;
    }

    private static List<Long> part(List<Long> messageSeqs, int from, Map<Long, Count> counts) {
        int rows = 0;
        int to = from;
        while (to < messageSeqs.size()) {
            Count count = counts.getOrDefault(messageSeqs.get(to), NONE);
            rows += count.deliveries() + count.attempts();
            if (rows > AT_ONCE && to > from) {
                break;
            }
            to++;
        }
        return messageSeqs.subList(from, to);
    }

    /** Returns the deliveries of a message, oldest first, without their attempts. */
    public List<DeliveryView> ofMessage(JdbcClient sql, long messageSeq) {
        return of(sql, List.of(messageSeq));
    }

    private List<DeliveryView> of(JdbcClient sql, List<Long> messageSeqs) {
        return sql.sql(SELECT + " where d.message_seq in (:seqs) order by d.id limit :most")
                .param("seqs", messageSeqs)
                .param("most", MOST_OF_A_MESSAGE)
                .query((row, n) -> read(row))
                .list();
    }

    Optional<DeliveryView> find(JdbcClient sql, String tenantId, String id) {
        return sql.sql(SELECT + " where d.id = :id and d.tenant_id = :tenant")
                .param("id", id)
                .param("tenant", tenantId)
                .query((row, n) -> read(row))
                .optional()
                .map(delivery -> new ShownAttempts(sql, replies).ofOne(delivery));
    }

    /** @param end the id behind which the search stopped early, so that the page may be short; null at the end */
    record Found(List<DeliveryView> rows, @Nullable String end) {}

    /** Returns deliveries, newest first. */
    Found list(JdbcClient sql, DeliveryFilter filter, Range range, int limit) {
        DeliveryCondition condition = filter.condition(targets);
        Map<String, @Nullable Object> params = filter.params(condition);
        params.put("before", range.before());
        params.put("notBefore", range.notBefore());
        params.put("limit", limit);
        String among = filter.among(condition);
        if (filter.from() != null && filter.messageId() == null) {
            List<Long> seqs = messages.ofSender(sql, filter.tenantId(), filter.from(), FEW + 1);
            among = seqs.size() > FEW ? null : DeliveryFilter.amongMessages();
            params.put("seqs", seqs.isEmpty() ? List.of(-1L) : seqs);
        }
        boolean whole = filter.messageId() == null && filter.from() == null; // nothing else is asked of these rows
        if (among != null) {
            params.put("among", whole ? limit : LOOKED_AT);
            List<String> few = sql.sql(among).params(params).query(String.class).list();
            params.put("few", few);
            String end = !whole && few.size() == LOOKED_AT ? few.get(few.size() - 1) : null;
            return few.isEmpty() ? new Found(List.of(), null) : rows(sql, filter, " and d.id in (:few)", params, end);
        }
        if (filter.lookedFor()) {
            NewestFirst newest = new NewestFirst(sql, filter.tenantId(), filter.targetId(), range);
            return look(sql, filter, newest, params, limit);
        }
        return rows(sql, filter, " and d.id < :before and d.id >= :notBefore", params, null);
    }

    private Found rows(
            JdbcClient sql,
            DeliveryFilter filter,
            String ids,
            Map<String, @Nullable Object> params,
            @Nullable String end) {
        return withAttempts(sql, select(sql, filter, ids, params), end);
    }

    private List<DeliveryView> select(
            JdbcClient sql, DeliveryFilter filter, String ids, Map<String, @Nullable Object> params) {
        return sql.sql(SELECT + filter.where() + filter.ofSender() + ids + " order by d.id desc limit :limit")
                .params(params)
                .query((row, n) -> read(row))
                .list();
    }

    /** Looks at the newest deliveries, more and more of them at a time. */
    private Found look(
            JdbcClient sql,
            DeliveryFilter filter,
            NewestFirst newest,
            Map<String, @Nullable Object> params,
            int limit) {
        List<DeliveryView> found = new ArrayList<>();
        String end = null;
        int atOnce = limit;
        for (int looked = 0; looked < LOOKED_AT && found.size() < limit; looked += atOnce) {
            atOnce = Math.min(looked == 0 ? limit : 2 * atOnce, Math.min(MOST_AT_ONCE, LOOKED_AT - looked));
            List<String> ids = newest.next(atOnce);
            if (ids.isEmpty()) {
                end = null;
                break;
            }
            params.put("few", ids);
            params.put("limit", limit - found.size());
            found.addAll(select(sql, filter, " and d.id in (:few)", params));
            end = ids.size() < atOnce ? null : ids.get(ids.size() - 1);
        }
        return withAttempts(sql, found, found.size() < limit ? end : null);
    }

    /**
     * Number of rows that a page examines without the help of an index; then the page is short and says where to
     * continue.
     */
    static final int LOOKED_AT = 5_000;

    private static final int MOST_AT_ONCE = 1_000;

    /** The deliveries of so few messages are found wherever they are in the list. */
    private static final int FEW = 1_000;

    /** Returns the number of deliveries that work on {@link #ids} would find. */
    long count(JdbcClient sql, DeliveryFilter filter) {
        return sql.sql("select count(*) from delivery d " + filter.where() + TO_WHAT_IS_THERE)
                .params(filter.params(targets))
                .query(Long.class)
                .single();
    }

    /** Returns ids and targets, oldest first, for sending many deliveries again whose targets are there. */
    List<Match> ids(JdbcClient sql, DeliveryFilter filter, String afterId, int limit) {
        return sql.sql("select d.id, d.target_id from delivery d " + filter.where() + TO_WHAT_IS_THERE
                        + " and d.id > :after order by d.id limit :limit")
                .params(filter.params(targets))
                .param("after", afterId)
                .param("limit", limit)
                .query((row, n) -> new Match(row.getString("id"), row.getString("target_id")))
                .list();
    }

    record Match(String id, String targetId) {}

    private DeliveryView read(ResultSet row) throws SQLException {
        Target target = targets.find(row.getString("target_id")).orElse(null);
        return DeliveryView.read(
                row, target, schedule, target == null ? 0 : lanes.view(target).waitNanos());
    }

    /** Ends a page early whose attempts are much. */
    private Found withAttempts(JdbcClient sql, List<DeliveryView> deliveries, @Nullable String end) {
        List<DeliveryView> shown = new ShownAttempts(sql, replies).ofFirst(deliveries);
        boolean early = shown.size() < deliveries.size();
        return new Found(shown, early ? shown.get(shown.size() - 1).id() : end);
    }
}
