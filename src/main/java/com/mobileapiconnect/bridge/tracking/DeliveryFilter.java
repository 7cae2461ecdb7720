package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter for a tenant's deliveries; a null field matches any. */
record DeliveryFilter(
        String tenantId,
        @Nullable String status,
        @Nullable String targetId,
        @Nullable String messageId,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant endedBy) {

    static final List<String> STATUSES = List.of("pending", "delivered", "failed", "held", "skipped");

    private static final int MOST_AMONG = 1_000;
    private static final String AMONG = "select id from delivery where ";
    private static final String NEWEST = " and (id || '') < :before order by (id || '') desc limit :limit";

    /** Restricts the filter to deliveries that had ended by then. */
    DeliveryFilter endedBy(Instant time) {
        return new DeliveryFilter(tenantId, status, targetId, messageId, since, until, time);
    }

    DeliveryFilter withoutStatus() {
        return new DeliveryFilter(tenantId, null, targetId, messageId, since, until, endedBy);
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
    @Nullable String among(Targets targets) {
        if (messageId != null) {
            return AMONG + "message_seq = " + MessageRows.SEQ_OF + NEWEST;
        }
        if ("pending".equals(status) && open(targets).size() > MOST_AMONG) {
            return null;
        }
        if ("pending".equals(status) || "held".equals(status)) {
            String which = "pending".equals(status) ? ":open" : ":closed";
            String one = targetId == null ? "" : " and target_id = :target";
            return AMONG + DeliveryState.sql("state = {PENDING} and target_id in (") + which + ")" + one + NEWEST;
        }
        return null;
    }

    /** Returns whether rows have to be examined one by one: most are delivered, so no index is kept of those. */
    boolean lookedFor() {
        return "delivered".equals(status) && messageId == null;
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

    Map<String, @Nullable Object> params(Targets targets) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", tenantId);
        params.put("open", "pending".equals(status) ? open(targets) : List.of(""));
        params.put("closed", closed(targets));
        params.put("target", targetId);
        params.put("message", messageId == null ? null : WellFormed.of(messageId));
        params.put("since", Columns.millis(since));
        params.put("until", Columns.millis(until));
        params.put("endedBy", Columns.millis(endedBy));
        return params;
    }

    /** Returns the active targets; with the actions of rules there may be more than a statement takes. */
    private List<String> open(Targets targets) {
        return ids(targets, true);
    }

    /** Returns the targets that are not active, of which there are few. */
    private List<String> closed(Targets targets) {
        return ids(targets, false);
    }

    private List<String> ids(Targets targets, boolean open) {
        List<String> ids = targets.all().stream()
                .filter(t -> t.open() == open && t.tenantId().equals(tenantId))
                .map(Target::id)
                .toList();
        return ids.isEmpty() ? List.of("") : ids; // an empty list is invalid SQL
    }
}
