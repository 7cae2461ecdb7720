package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.AttemptRows;
import com.mobileapiconnect.bridge.tracking.DeliveryView.AttemptView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The attempts of an answer's deliveries, read a few deliveries at a time until together they are much: so an answer
 * takes little memory, whatever policies and receivers make of them.
 */
final class ShownAttempts {

    /** Attempts of a delivery that lists and stories show: the newest. */
    static final int OF_ONE = 100;
    /** Bytes after which attempts are much. */
    static final long MUCH = 4 << 20;

    private static final int AT_ONCE = 250;
    private static final int LAST = 1;

    private static final String NEWEST = "select * from" + AttemptRows.ALL + """
            where delivery_id in (:ids) and n > :leftOut
            order by delivery_id, n""";
    private static final String BEFORE = "select * from" + AttemptRows.ALL + """
            where delivery_id = :id and n < :before
            order by n desc limit :most""";

    private final JdbcClient sql;
    private final Replies replies;
    private long left = MUCH;
    private boolean cut;

    ShownAttempts(JdbcClient sql, Replies replies) {
        this.sql = sql;
        this.replies = replies;
    }

    boolean areMuch() {
        return left < 0;
    }

    /** Returns whether a delivery was given its last attempt alone although it has more. */
    boolean areCut() {
        return cut;
    }

    /** Adds their attempts to the first of these deliveries: those up to which they are not much. */
    List<DeliveryView> ofFirst(List<DeliveryView> deliveries) {
        List<DeliveryView> shown = new ArrayList<>(deliveries.size());
        while (shown.size() < deliveries.size() && !areMuch()) {
            shown.addAll(with(part(deliveries, shown.size(), OF_ONE), OF_ONE));
        }
        return shown;
    }

    /** Adds their attempts to all of these deliveries; once they are much, the last one alone. */
    List<DeliveryView> ofAll(List<DeliveryView> deliveries) {
        List<DeliveryView> shown = new ArrayList<>(deliveries.size());
        while (shown.size() < deliveries.size()) {
            int most = areMuch() ? LAST : OF_ONE;
            List<DeliveryView> part = part(deliveries, shown.size(), most);
            cut |= part.stream().anyMatch(delivery -> Math.min(delivery.attemptsMade(), OF_ONE) > most);
            shown.addAll(with(part, most));
        }
        return shown;
    }

    /** Adds its last attempt to each of a few deliveries. */
    List<DeliveryView> lastOf(List<DeliveryView> deliveries) {
        return with(deliveries, LAST);
    }

    private static List<DeliveryView> part(List<DeliveryView> deliveries, int from, int most) {
        int to = from;
        int attempts = 0;
        do {
            attempts += 1 + Math.min(deliveries.get(to++).attemptsMade(), most);
        } while (to < deliveries.size() && attempts < AT_ONCE);
        return deliveries.subList(from, to);
    }

    private List<DeliveryView> with(List<DeliveryView> deliveries, int most) {
        if (deliveries.isEmpty()) {
            return deliveries;
        }
        List<String> ids = deliveries.stream().map(DeliveryView::id).toList();
        Map<String, List<AttemptView>> attempts = new HashMap<>();
        // By the number of those that are left out, mostly none: so an index leads to the others.
        deliveries.stream()
                .collect(Collectors.groupingBy(
                        delivery -> Math.max(0, delivery.attemptsMade() - most),
                        Collectors.mapping(DeliveryView::id, Collectors.toList())))
                .forEach((leftOut, same) -> sql.sql(NEWEST)
                        .param("ids", same)
                        .param("leftOut", leftOut)
                        .query(row -> {
                            attempts.computeIfAbsent(row.getString("delivery_id"), id -> new ArrayList<>())
                                    .add(AttemptView.read(row));
                        }));
        Map<String, DeliveryView.Reply> sent = replies.ofDeliveries(sql, ids);
        List<DeliveryView> shown = deliveries.stream()
                .map(view -> view.with(attempts.getOrDefault(view.id(), List.of()), sent.get(view.id())))
                .toList();
        left -= shown.stream().mapToLong(DeliveryView::weight).sum();
        return shown;
    }

    /** Adds all its attempts to a delivery; if these are much, the newest ones. */
    DeliveryView ofOne(DeliveryView delivery) {
        List<AttemptView> newest = new ArrayList<>();
        List<AttemptView> some;
        int before = Integer.MAX_VALUE;
        do {
            some = sql.sql(BEFORE)
                    .param("id", delivery.id())
                    .param("before", before)
                    .param("most", AT_ONCE)
                    .query((row, n) -> AttemptView.read(row))
                    .list();
            for (AttemptView attempt : some) {
                newest.add(attempt);
                left -= attempt.weight();
                before = attempt.n();
            }
        } while (some.size() == AT_ONCE && !areMuch());
        Collections.reverse(newest);
        return delivery.with(
                newest, replies.ofDeliveries(sql, List.of(delivery.id())).get(delivery.id()));
    }
}
