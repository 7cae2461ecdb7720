package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.AttemptRows;
import com.mobileapiconnect.bridge.delivery.DeliveryCondition;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.tracking.DeliveryView.AttemptView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The API's queries about deliveries. */
@Component
public class DeliveryQueries {

    private static final String SELECT = "select " + DeliveryView.COLUMNS + " from delivery d" + MessageRows.LEFT_JOIN
            + "join target t on t.id = d.target_id ";
    private static final String ATTEMPTS =
            "select * from" + AttemptRows.ALL + "where delivery_id in (:ids) order by delivery_id, n";

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

    /** Returns all deliveries of these messages, oldest first. */
    public List<DeliveryView> ofMessages(JdbcClient sql, Collection<Long> messageSeqs) {
        if (messageSeqs.isEmpty()) {
            return List.of();
        }
        return withAttempts(
                sql,
                sql.sql(SELECT + " where d.message_seq in (:seqs) order by d.id")
                        .param("seqs", messageSeqs)
                        .query((row, n) -> read(row))
                        .list());
    }

    Optional<DeliveryView> find(JdbcClient sql, String tenantId, String id) {
        return withAttempts(
                        sql,
                        sql.sql(SELECT + " where d.id = :id and d.tenant_id = :tenant")
                                .param("id", id)
                                .param("tenant", tenantId)
                                .query((row, n) -> read(row))
                                .list())
                .stream()
                .findFirst();
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
        return new Found(withAttempts(sql, select(sql, filter, ids, params)), end);
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
        return new Found(withAttempts(sql, found), found.size() < limit ? end : null);
    }

    /**
     * Number of rows that a page examines without the help of an index; then the page is short and says where to
     * continue.
     */
    static final int LOOKED_AT = 5_000;

    private static final int MOST_AT_ONCE = 1_000;

    /** The deliveries of so few messages are found wherever they are in the list. */
    private static final int FEW = 1_000;

    long count(JdbcClient sql, DeliveryFilter filter) {
        return sql.sql("select count(*) from delivery d " + filter.where())
                .params(filter.params(targets))
                .query(Long.class)
                .single();
    }

    /** Returns ids and targets, oldest first, for work on many deliveries. */
    List<Match> ids(JdbcClient sql, DeliveryFilter filter, String afterId, int limit) {
        return sql.sql("select d.id, d.target_id from delivery d " + filter.where()
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

    private List<DeliveryView> withAttempts(JdbcClient sql, List<DeliveryView> deliveries) {
        if (deliveries.isEmpty()) {
            return deliveries;
        }
        List<String> ids = deliveries.stream().map(DeliveryView::id).toList();
        Map<String, List<AttemptView>> attempts = new HashMap<>();
        sql.sql(ATTEMPTS).param("ids", ids).query(row -> {
            attempts.computeIfAbsent(row.getString("delivery_id"), id -> new ArrayList<>())
                    .add(AttemptView.read(row));
        });
        Map<String, DeliveryView.Reply> sent = replies.ofDeliveries(sql, ids);
        return deliveries.stream()
                .map(view -> view.with(attempts.getOrDefault(view.id(), List.of()), sent.get(view.id())))
                .toList();
    }
}
