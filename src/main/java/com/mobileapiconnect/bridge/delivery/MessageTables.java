package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.stats.Received;
import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Owns messages, their deliveries and the attempts of these. A message is removed together with its deliveries, and
 * kept while one of them is pending, or failed and replayable.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after the parts of messages to come
class MessageTables implements TableOwner, Erasing {

    private static final String NEXT_TENANT =
            "select tenant_id from message where tenant_id > ? order by tenant_id limit 1";
    private static final String OLD = """
            select accepted_at, seq from message
            where tenant_id = :tenant and accepted_at < :before and (accepted_at, seq) > (:at, :seq)
            order by accepted_at, seq limit :limit""";
    private static final String UNSUCCESSFUL = DeliveryState.sql("""
            select message_seq, target_id, state from delivery
            where message_seq in (:seqs) and state in ({PENDING}, {FAILED})""");
    private static final String OF_SENDER = """
            select seq from message where tenant_id = :tenant and %s order by accepted_at, seq limit :limit""";
    private static final String COUNT_OF_SENDER = "select count(*) from message where tenant_id = :tenant and %s";
    private static final String OF_TENANT = "select seq from message where tenant_id = ? limit ?";
    // Those of messages go with these.
    private static final String EVENTS_OF_TENANT =
            "select id from delivery where message_seq = 0 and tenant_id = ? limit ?";
    private static final String DELIVERIES = "select id from delivery where message_seq in (:seqs)";
    private static final String REMOVE = "delete from message where seq in (:seqs)";
    // The id of an event's delivery is its action's id too, which the index of deliveries by message ends with.
    private static final String OLD_EVENTS = DeliveryState.sql("""
            select target_id, action_id from delivery
            where message_seq = 0 and (target_id, action_id) > (:target, :id) and action_id < :before
              and state <> {PENDING}
            order by target_id, action_id limit :limit""");
    private static final String OLD_ATTEMPTS = DeliveryState.sql("""
            select distinct a.delivery_id from attempt a join delivery d on d.id = a.delivery_id
            where a.delivery_id > :after and a.delivery_id < :before and d.state <> {PENDING}
            order by a.delivery_id limit :limit""");
    private static final String REMOVE_ATTEMPTS = "delete from attempt where delivery_id in (:ids)";
    private static final String OLD_BODIES = DeliveryState.sql("""
            select distinct a.delivery_id from attempt a join delivery d on d.id = a.delivery_id
            where a.delivery_id > :after and a.delivery_id < :before and a.response_body is not null
              and d.state <> {PENDING}
            order by a.delivery_id limit :limit""");
    private static final String EMPTY_BODIES =
            "update attempt set response_body = null where delivery_id in (:ids) and response_body is not null";
    private static final String OLD_FIRST = DeliveryState.sql("""
            select id from delivery
            where id > :after and id < :before and first_at is not null and state <> {PENDING}
            order by id limit :limit""");
    private static final String FORGET_FIRST = """
            update delivery set first_at = null, first_ms = null, first_success = null, first_class = null,
                first_status = null, first_error = null, first_body = null, first_step_error = null,
                first_location = null
            where id in (:ids) and first_at is not null""";
    private static final String OLD_FIRST_BODIES = DeliveryState.sql("""
            select id from delivery
            where id > :after and id < :before and first_body is not null and state <> {PENDING}
            order by id limit :limit""");
    private static final String EMPTY_FIRST_BODIES =
            "update delivery set first_body = null where id in (:ids) and first_body is not null";
    private static final Period BODIES = Period.setting("bodies").within("attempts");
    private static final Period ATTEMPTS = Period.setting("attempts").within("messages");

    private final Deliveries deliveries;
    private final Targets targets;

    MessageTables(Deliveries deliveries, Targets targets) {
        this.deliveries = deliveries;
        this.targets = targets;
    }

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("message")
                        .readBy("intake", "stats")
                        .ages(new Ageing<>(Period.setting("messages"), this::old, this::removeFinished))
                        .erases(this)
                        .leaves(Leaving.of(OF_TENANT, row -> row.getLong(1), (tx, seqs) -> remove(tx, seqs)
                                .rows())),
                Table.named("delivery")
                        .readBy("tracking")
                        .ages(
                                new Ageing<>(Period.setting("messages"), MessageTables::oldEvents, this::removeEvents),
                                attempts(BODIES, OLD_FIRST_BODIES, EMPTY_FIRST_BODIES),
                                attempts(ATTEMPTS, OLD_FIRST, FORGET_FIRST))
                        .notErased("goes with its message; an event of the bridge names no number")
                        .leaves(Leaving.of(EVENTS_OF_TENANT, row -> row.getString(1), (tx, ids) -> {
                            deliveries.remove(tx, ids);
                            return ids.size();
                        })),
                Table.named("attempt")
                        .ages(
                                attempts(BODIES, OLD_BODIES, EMPTY_BODIES),
                                attempts(ATTEMPTS, OLD_ATTEMPTS, REMOVE_ATTEMPTS))
                        .notErased("goes with its delivery")
                        .stays("goes with its delivery"));
    }

    /** A message's place among those of its tenant. */
    private record Place(String tenantId, long acceptedAt, long seq) {}

    private Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        Place from = after == null ? firstOfTenantAfter(sql, "") : after;
        while (from != null) {
            String tenantId = from.tenantId();
            List<Place> page = sql.sql(OLD)
                    .param("tenant", tenantId)
                    .param("before", before.toEpochMilli())
                    .param("at", from.acceptedAt())
                    .param("seq", from.seq())
                    .param("limit", limit)
                    .query((row, n) -> new Place(tenantId, row.getLong(1), row.getLong(2)))
                    .list();
            if (!page.isEmpty()) {
                return new Found<>(finished(sql, page), page.get(page.size() - 1));
            }
            from = firstOfTenantAfter(sql, tenantId);
        }
        return new Found<>(List.of(), null);
    }

    private static @Nullable Place firstOfTenantAfter(JdbcClient sql, String tenantId) {
        return sql.sql(NEXT_TENANT)
                .param(tenantId)
                .query(String.class)
                .optional()
                .map(next -> new Place(next, Long.MIN_VALUE, 0))
                .orElse(null);
    }

    private List<Place> finished(JdbcClient sql, List<Place> messages) {
        Set<Long> unfinished = new HashSet<>();
        sql.sql(UNSUCCESSFUL).param("seqs", seqs(messages)).query(row -> {
            boolean pending = row.getInt("state") == DeliveryState.PENDING.code();
            // A deleted target gets no further deliveries.
            if (pending || targets.find(row.getString("target_id")).isPresent()) {
                unfinished.add(row.getLong("message_seq"));
            }
        });
        return messages.stream()
                .filter(place -> !unfinished.contains(place.seq()))
                .toList();
    }

    private static List<Long> seqs(List<Place> messages) {
        return messages.stream().map(Place::seq).toList();
    }

    /** Checks again in the writer's unit, because a replay may have made a delivery unfinished. */
    private int removeFinished(Transaction tx, List<Place> messages) throws SQLException {
        List<Place> finished = finished(tx.sql(), messages);
        return finished.isEmpty() ? 0 : remove(tx, seqs(finished)).rows();
    }

    private Erased remove(Transaction tx, List<Long> seqs) throws SQLException {
        List<String> ids = tx.sql()
                .sql(DELIVERIES)
                .param("seqs", seqs)
                .query((row, n) -> row.getString(1))
                .list();
        int attempts = deliveries.remove(tx, ids);
        tx.keepReached("message");
        Received.leaving(tx, seqs);
        int messages = tx.sql().sql(REMOVE).param("seqs", seqs).update();
        Received.left(tx);
        PlannedDeliveries.left(tx);
        return erased(messages, ids.size(), attempts);
    }

    private static Erased erased(int messages, int deliveries, int attempts) {
        return new Erased(messages, Map.of("messages", messages, "deliveries", deliveries, "attempts", attempts));
    }

    @Override
    public Erased none() {
        return erased(0, 0, 0);
    }

    @Override
    public long count(JdbcClient sql, Of number) {
        return ofSender(sql, COUNT_OF_SENDER, number).query(Long.class).single();
    }

    @Override
    public Erased erase(Transaction tx, Of number, int limit) throws SQLException {
        List<Long> seqs = ofSender(tx.sql(), OF_SENDER, number)
                .param("limit", limit)
                .query(Long.class)
                .list();
        return seqs.isEmpty() ? Erased.NOTHING : remove(tx, seqs);
    }

    private static JdbcClient.StatementSpec ofSender(JdbcClient sql, String statement, Of of) {
        NumberCondition is = new NumberCondition(of.number(), "from");
        return sql.sql(statement.formatted(is.on("sender", "region")))
                .param("tenant", of.tenantId())
                .params(is.params());
    }

    /** An event's place among those of its target. */
    private record Event(String targetId, String id) {}

    private static Found<Event> oldEvents(JdbcClient sql, @Nullable Event after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD_EVENTS)
                .param("target", after == null ? "" : after.targetId())
                .param("id", after == null ? "" : after.id())
                .param("before", Delivery.firstIdAt(before))
                .param("limit", limit)
                .query((row, n) -> new Event(row.getString(1), row.getString(2)))
                .list());
    }

    private int removeEvents(Transaction tx, List<Event> events) throws SQLException {
        deliveries.remove(tx, events.stream().map(Event::id).toList());
        return events.size();
    }

    private static Ageing<String> attempts(Period period, String find, String change) {
        return new Ageing<>(
                period,
                (sql, after, before, limit) -> Found.upToLast(sql.sql(find)
                        .param("after", after == null ? "" : after)
                        .param("before", Delivery.firstIdAt(before))
                        .param("limit", limit)
                        .query((row, n) -> row.getString(1))
                        .list()),
                (tx, deliveryIds) ->
                        tx.sql().sql(change).param("ids", deliveryIds).update());
    }
}
