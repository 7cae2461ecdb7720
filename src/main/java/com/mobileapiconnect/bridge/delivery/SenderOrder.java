package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Region;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the order of an ordered lane in its rows: of a sender's unfinished deliveries at most one has a time at which
 * it is due, the others are {@link #BLOCKED} until it has ended. A lane therefore finds due deliveries by the same
 * index as any other lane, at any depth, and a crash changes nothing.
 */
public final class SenderOrder {

    /** The due time of a delivery that waits for an earlier one of its sender to end. */
    public static final long BLOCKED = Long.MAX_VALUE;

    /** Deliveries put in order, or out of it, by one unit of work. */
    static final int STEP = 1000;

    private static final String ANY = DeliveryState.sql(
            "select 1 from delivery where target_id = ? and order_key = ? and state = {PENDING} limit 1");
    private static final String HEAD = DeliveryState.sql("""
            select 1 from delivery where target_id = ? and order_key = ? and state = {PENDING}
              and next_at < {NEVER} limit 1""");
    private static final String WITH_ORDER = DeliveryState.sql(
            "select 1 from delivery where target_id = ? and state = {PENDING} and order_key is not null limit 1");
    private static final String WITHOUT_ORDER = DeliveryState.sql(
            "select 1 from delivery where target_id = ? and state = {PENDING} and order_key is null limit 1");
    private static final String KEY = "select order_key from delivery where id = ?";
    private static final String FIRST = DeliveryState.sql("select " + DeliveryRows.FIELDS + DeliveryRows.FROM + """
             where d.target_id = ? and d.order_key = ? and d.state = {PENDING}
              and d.next_at = {NEVER} order by d.message_seq limit 1""");
    private static final String RELEASE = "update delivery set next_at = ? where id = ?";
    private static final String HEADLESS = DeliveryState.sql("""
            select distinct d.order_key from delivery d
            where d.target_id = ? and d.state = {PENDING} and d.order_key is not null and not exists (
                select 1 from delivery h where h.target_id = d.target_id and h.order_key = d.order_key
                  and h.state = {PENDING} and h.next_at < {NEVER})
            limit 1000""");
    private static final String UNORDERED = DeliveryState.sql("""
            select d.id, d.message_seq, d.created_at, m.sender, m.region from delivery d""" + MessageRows.LEFT_JOIN + """
            where d.target_id = ? and d.state = {PENDING} and d.order_key is null and d.id > ?
            order by d.id limit ?""");
    private static final String PUT_IN_ORDER =
            "update delivery set order_key = ?, next_at = case when ? = 1 then ? else next_at end where id = ?";
    private static final String PUT_OUT_OF_ORDER = DeliveryState.sql("""
            update delivery set order_key = null,
                next_at = case when next_at = {NEVER} then ? else next_at end
            where id in (
                select id from delivery where target_id = ? and state = {PENDING} and order_key is not null limit ?)""");
    private static final String NO_MESSAGE = "";

    private SenderOrder() {}

    static String key(Delivery delivery) {
        StoredMessage source = delivery.source();
        return source == null
                ? NO_MESSAGE
                : Region.key(source.message().from(), source.message().region());
    }

    /** Returns whether something unfinished of this target is in order, or whether something is not. */
    public static boolean anyWith(JdbcClient sql, String targetId, boolean order) {
        return sql.sql(order ? WITH_ORDER : WITHOUT_ORDER)
                .param(targetId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Returns whether the sender has an unfinished delivery for which a new one has to wait. */
    static boolean taken(Transaction tx, String targetId, String key) throws SQLException {
        return found(tx.prepared(ANY), targetId, key);
    }

    /** Returns whether a delivery of the sender is due or under way. */
    static boolean hasHead(Transaction tx, String targetId, String key) throws SQLException {
        return found(tx.prepared(HEAD), targetId, key);
    }

    private static boolean found(PreparedStatement query, String targetId, String key) throws SQLException {
        query.setString(1, targetId);
        query.setString(2, key);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    /** Makes the next delivery due of each sender whose delivery has ended in an ordered lane, and returns those. */
    static List<Delivery> releaseAfter(Transaction tx, List<Ended> batch, Instant now) throws SQLException {
        List<Delivery> released = List.of();
        for (Ended ended : batch) {
            if (ended.state() == DeliveryState.PENDING
                    || !ended.attempt().target().pace().ordered()) {
                continue;
            }
            Delivery next = releaseAfter(tx, ended.attempt().target().id(), ended.deliveryId(), now);
            if (next != null) {
                released = released.isEmpty() ? new ArrayList<>() : released;
                released.add(next);
            }
        }
        return released;
    }

    /** Makes the next delivery of a sender due after one has ended, and returns it if there is one. */
    private static @Nullable Delivery releaseAfter(Transaction tx, String targetId, String deliveryId, Instant now)
            throws SQLException {
        PreparedStatement query = tx.prepared(KEY);
        query.setString(1, deliveryId);
        String key;
        try (ResultSet row = query.executeQuery()) {
            key = row.next() ? row.getString(1) : null;
        }
        return key == null ? null : release(tx, targetId, key, now);
    }

    /** Makes the next delivery of a sender due unless another one is; returns it if there is one. */
    static @Nullable Delivery release(Transaction tx, String targetId, String key, Instant now) throws SQLException {
        if (hasHead(tx, targetId, key)) {
            return null;
        }
        PreparedStatement query = tx.prepared(FIRST);
        query.setString(1, targetId);
        query.setString(2, key);
        Delivery first;
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            first = DeliveryRows.read(row);
        }
        PreparedStatement release = tx.prepared(RELEASE);
        release.setLong(1, now.toEpochMilli());
        release.setString(2, first.id());
        release.executeUpdate();
        return first;
    }

    /** Returns senders whose deliveries wait although the delivery before them was removed. */
    public static List<String> headless(JdbcClient sql, String targetId) {
        return sql.sql(HEADLESS)
                .param(targetId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Returns how many went on. */
    static int releaseHeadless(Transaction tx, String targetId, Instant now) throws SQLException {
        int released = 0;
        for (String key : headless(tx.sql(), targetId)) {
            released += release(tx, targetId, key, now) == null ? 0 : 1;
        }
        return released;
    }

    private record Row(String id, long seq, long createdAt, String key) {}

    /**
     * Puts a step of deliveries in order that were made before the lane kept any; returns where to continue, null at
     * the end.
     */
    public static @Nullable String putInOrder(Transaction tx, String targetId, String afterId) throws SQLException {
        List<Row> rows = unordered(tx, targetId, afterId, STEP);
        for (int limit = STEP; rows.size() == limit && isOneMilli(rows); ) {
            limit *= 2;
            rows = unordered(tx, targetId, afterId, limit);
        }
        if (rows.isEmpty()) {
            return null;
        }
        List<Row> step = wholeMillis(rows);
        String last = step.get(step.size() - 1).id();
        List<Row> inOrder = new ArrayList<>(step);
        inOrder.sort(Comparator.comparingLong(Row::seq));
        PreparedStatement put = tx.prepared(PUT_IN_ORDER);
        for (Row row : inOrder) {
            put.setString(1, row.key());
            put.setInt(2, taken(tx, targetId, row.key()) ? 1 : 0);
            put.setLong(3, BLOCKED);
            put.setString(4, row.id());
            put.executeUpdate();
        }
        return last;
    }

    private static List<Row> unordered(Transaction tx, String targetId, String afterId, int limit) {
        return tx.sql()
                .sql(UNORDERED)
                .params(targetId, afterId, limit)
                .query((row, n) -> {
                    String sender = row.getString(4);
                    String key = sender == null ? NO_MESSAGE : Region.key(sender, row.getString(5));
                    return new Row(row.getString(1), row.getLong(2), row.getLong(3), key);
                })
                .list();
    }

    /** Ids go by the millisecond, the order within one by the number of the message: it must not be cut in two. */
    private static List<Row> wholeMillis(List<Row> rows) {
        long last = rows.get(rows.size() - 1).createdAt();
        if (rows.size() < STEP || isOneMilli(rows)) {
            return rows;
        }
        return rows.stream().filter(row -> row.createdAt() < last).toList();
    }

    private static boolean isOneMilli(List<Row> rows) {
        return !rows.isEmpty()
                && rows.get(0).createdAt() == rows.get(rows.size() - 1).createdAt();
    }

    /** Takes a step of deliveries out of order; returns whether there are more. */
    static boolean putOutOfOrder(Transaction tx, String targetId, Instant now) {
        return tx.sql()
                        .sql(PUT_OUT_OF_ORDER)
                        .params(now.toEpochMilli(), targetId, STEP)
                        .update()
                == STEP;
    }
}
