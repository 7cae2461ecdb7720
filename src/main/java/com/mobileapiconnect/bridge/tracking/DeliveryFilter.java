package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryCondition;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.NumberCondition;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter for a tenant's deliveries; a null field matches any.
 *
 * @param from the sender of the message, in any spelling; only lists know it
 */
record DeliveryFilter(
        String tenantId,
        @Nullable String status,
        @Nullable String targetId,
        @Nullable String messageId,
        @Nullable Numbers from,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant endedBy) {

    private static final String AMONG = "select id from delivery where ";
    private static final String NEWEST =
            " and (id || '') < :before and (id || '') >= :notBefore order by (id || '') desc limit :among";

    /** Restricts the filter to deliveries that had ended by then. */
    DeliveryFilter endedBy(Instant time) {
        return new DeliveryFilter(tenantId, status, targetId, messageId, from, since, until, time);
    }

    /** Selects by state. A message has few deliveries, so keep the planner away from the index of failed ones. */
    private String unsuccessful(DeliveryState state) {
        String is = " and d.state = " + state.code();
        return messageId == null ? DeliveryState.sql(" and d.state > {DELIVERED}") + is : is;
    }

    /**
     * A subquery that narrows the ids first when few deliveries can match, or null when scanning by id is cheaper.
     * {@code (id || '')} keeps the planner off the id index.
     */
    @Nullable String among(DeliveryCondition targets) {
        if (messageId != null) {
            return AMONG + "message_seq = " + MessageRows.SEQ_OF + NEWEST;
        } else if (from != null) {
            return null;
        }
        if ("pending".equals(status) && targets.open().size() > DeliveryCondition.MOST_IN_A_LIST) {
            return null;
        }
        if ("pending".equals(status) || "held".equals(status)) {
            String which = "pending".equals(status) ? ":open" : ":closed";
            String one = targetId == null ? "" : " and target_id = :target";
            return AMONG + DeliveryState.sql("state = {PENDING} and target_id in (") + which + ")" + one + NEWEST;
        }
        return null;
    }

    /** A subquery like {@link #among}, for a sender that has few messages: their numbers are the parameter {@code seqs}. */
    static String amongMessages() {
        return AMONG + "message_seq in (:seqs)" + NEWEST;
    }

    /** Returns whether rows are examined one by one, newest first, because no index leads to those of the filter alone. */
    boolean lookedFor() {
        boolean isUnsuccessful = "failed".equals(status) || "skipped".equals(status);
        return from != null || "delivered".equals(status) || (targetId == null && !isUnsuccessful);
    }

    /** Returns the condition of the message {@code m}, in a form that no planner begins with. */
    String ofSender() {
        return from == null
                ? ""
                : " and case when " + sender(from).on("m.sender", "m.region") + " then 1 else 0 end = 1";
    }

    private static NumberCondition sender(Numbers from) {
        return new NumberCondition(from, "from");
    }

    String where() {
        StringBuilder where = new StringBuilder(" where d.tenant_id = :tenant");
        if (status != null) {
            where.append(
                    switch (status) {
                        case "pending" ->
                            DeliveryState.sql(" and d.state = {PENDING} and d.target_id not in (:closed)");
                        case "held" -> DeliveryState.sql(" and d.state = {PENDING} and d.target_id in (:closed)");
                        case "delivered" -> DeliveryState.sql(" and d.state = {DELIVERED}");
                        case "failed" -> unsuccessful(DeliveryState.FAILED);
                        case "skipped" -> unsuccessful(DeliveryState.SKIPPED);
                        default -> throw new IllegalArgumentException("No such status: " + status);
                    });
        }
        if (targetId != null) {
            where.append(" and d.target_id = :target");
        }
        if (messageId != null) {
            where.append(" and d.message_seq = " + MessageRows.SEQ_OF);
        }
        if (since != null) {
            where.append(" and d.created_at >= :since");
        }
        if (until != null) {
            where.append(" and d.created_at < :until");
        }
        if (endedBy != null) {
            where.append(" and d.finished_at <= :endedBy");
        }
        return where.toString();
    }

    DeliveryCondition condition(Targets targets) {
        return DeliveryCondition.of(tenantId, status, targetId, targets);
    }

    Map<String, @Nullable Object> params(Targets targets) {
        return params(condition(targets));
    }

    Map<String, @Nullable Object> params(DeliveryCondition condition) {
        Map<String, @Nullable Object> params = new HashMap<>(condition.params());
        if (from != null) {
            params.putAll(sender(from).params());
        }
        params.put("message", messageId == null ? null : WellFormed.of(messageId));
        params.put("since", Columns.millis(since));
        params.put("until", Columns.millis(until));
        params.put("endedBy", Columns.millis(endedBy));
        return params;
    }
}
