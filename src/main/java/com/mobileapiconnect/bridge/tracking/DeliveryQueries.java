package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Targets;
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
    private static final String ATTEMPTS = """
            select delivery_id, n, at, duration_ms, success, error_class, http_status, error, response_body, step_error,
                location
            from attempt where delivery_id in (:ids) order by delivery_id, n""";

    private final Targets targets;
    private final Schedule schedule;
    private final Replies replies;

    DeliveryQueries(Targets targets, Schedule schedule, Replies replies) {
        this.targets = targets;
        this.schedule = schedule;
        this.replies = replies;
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

    /** Returns deliveries, newest first. */
    List<DeliveryView> list(JdbcClient sql, DeliveryFilter filter, String beforeId, String notBefore, int limit) {
        String among = filter.among(targets);
        String ids = " and d.id < :before and d.id >= :notBefore";
        List<String> few = List.of("");
        if (among != null) {
            few = sql.sql(among)
                    .params(filter.params(targets))
                    .param("before", beforeId)
                    .param("limit", filter.messageId() == null ? limit : LOOKED_AT)
                    .query(String.class)
                    .list();
            ids = " and d.id in (:few)";
        }
        if (few.isEmpty()) {
            return List.of();
        }
        return withAttempts(
                sql,
                sql.sql(SELECT + filter.where() + ids + " order by d.id desc limit :limit")
                        .params(filter.params(targets))
                        .param("before", beforeId)
                        .param("notBefore", notBefore)
                        .param("few", few)
                        .param("limit", limit)
                        .query((row, n) -> read(row))
                        .list());
    }

    /**
     * Number of rows that a page examines without the help of an index; then the page is short and says where to
     * continue.
     */
    static final int LOOKED_AT = 5_000;

    /** Returns the last of as many deliveries as a page examines; null if there are fewer. */
    @Nullable String boundary(JdbcClient sql, DeliveryFilter filter, String beforeId) {
        return sql.sql("select d.id from delivery d" + filter.withoutStatus().where()
                        + " and d.id < :before order by d.id desc limit 1 offset :skipped")
                .params(filter.params(targets))
                .param("before", beforeId)
                .param("skipped", LOOKED_AT)
                .query(String.class)
                .optional()
                .orElse(null);
    }

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
        return DeliveryView.read(row, targets.find(row.getString("target_id")).orElse(null), schedule);
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
