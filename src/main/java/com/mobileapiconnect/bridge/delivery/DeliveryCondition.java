package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SQL conditions that a delivery has a status as the API shows it, goes to a target, or both; null matches any.
 *
 * @param targetId the store's id
 * @param open     ids of the tenant's targets whose deliveries are pending; never empty, and one of no target unless asked
 * @param closed   ids of those whose deliveries are held; likewise
 */
public record DeliveryCondition(
        String tenantId, @Nullable String status, @Nullable String targetId, List<String> open, List<String> closed) {

    public static final List<String> STATUSES = List.of("pending", "delivered", "failed", "held", "skipped");

    /** More ids than this are too many for a list in a statement. */
    public static final int MOST_IN_A_LIST = 1_000;

    private static final List<String> NONE = List.of(""); // an empty list is invalid SQL
    private static final String TO_TARGET = " and d.target_id = :target";
    private static final String BEHIND = " from delivery d where true";
    private static final String SINCE = " and d.id >= :from";

    public static DeliveryCondition of(
            String tenantId, @Nullable String status, @Nullable String targetId, Targets targets) {
        boolean asked = isUnfinished(status); // no other status depends on targets
        return new DeliveryCondition(
                tenantId,
                status,
                targetId,
                asked ? ids(targets, tenantId, true) : NONE,
                asked ? ids(targets, tenantId, false) : NONE);
    }

    private static List<String> ids(Targets targets, String tenantId, boolean open) {
        List<String> ids = targets.all().stream()
                .filter(target -> target.open() == open && target.tenantId().equals(tenantId))
                .map(Target::id)
                .toList();
        return ids.isEmpty() ? NONE : ids;
    }

    public boolean isAny() {
        return status == null && targetId == null;
    }

    /** Returns the condition of a delivery {@code d}, in a form that keeps planners off the indexes of states. */
    String examined() {
        String to = targetId == null ? "" : " and d.target_id = :target";
        return status == null
                ? to
                : to
                        + switch (status) {
                            case "pending" ->
                                DeliveryState.sql(" and (d.state + 0) = {PENDING} and d.target_id not in (:closed)");
                            case "held" ->
                                DeliveryState.sql(" and (d.state + 0) = {PENDING} and d.target_id in (:closed)");
                            default -> " and (d.state + 0) = " + finished().code();
                        };
    }

    /**
     * Returns a query that counts deliveries up to {@code most}, by an index alone, some of which may not fulfil the
     * condition or be of another tenant; null when no index knows few of them.
     *
     * @param since whether only those from the id {@code from} on are meant
     */
    @Nullable String counted(boolean since) {
        String where = index(since);
        return where == null ? null : "select count(*) from (select 1" + BEHIND + where + " limit :most) counted";
    }

    /** Returns the query of the messages of those that {@link #counted} counts. */
    String candidates(boolean since) {
        return "select d.message_seq" + BEHIND + index(since);
    }

    private @Nullable String index(boolean since) {
        if (!since) {
            return index();
        }
        boolean byId = !isUnfinished(status); // the index of what is due has another order
        return index() == null || !byId ? null : index() + SINCE;
    }

    private @Nullable String index() {
        if (status == null || status.equals("delivered")) {
            return targetId == null ? null : TO_TARGET;
        } else if (isUnfinished(status)) {
            List<String> ids = status.equals("pending") ? open : closed;
            if (targetId != null) {
                return TO_TARGET + DeliveryState.sql(" and d.state = {PENDING}");
            }
            return ids.size() > MOST_IN_A_LIST
                    ? null
                    : DeliveryState.sql(" and d.state = {PENDING} and d.target_id in (:")
                            + (status.equals("pending") ? "open)" : "closed)");
        }
        String state = DeliveryState.sql(" and d.state > {DELIVERED} and d.state = ")
                + finished().code();
        return (targetId == null ? " and d.tenant_id = :tenant" : TO_TARGET) + state;
    }

    private static boolean isUnfinished(@Nullable String status) {
        return "pending".equals(status) || "held".equals(status);
    }

    private DeliveryState finished() {
        return switch (String.valueOf(status)) {
            case "delivered" -> DeliveryState.DELIVERED;
            case "failed" -> DeliveryState.FAILED;
            case "skipped" -> DeliveryState.SKIPPED;
            default -> throw new IllegalArgumentException("No such status: " + status);
        };
    }

    public Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", tenantId);
        params.put("target", targetId);
        params.put("open", open.size() > MOST_IN_A_LIST ? NONE : open);
        params.put("closed", closed);
        return params;
    }
}
