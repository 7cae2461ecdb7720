package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.store.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects messages of a tenant; a null field matches every message.
 *
 * @param from the sender, in any spelling
 * @param to the recipient, likewise; looked for, because no index knows it
 * @param text found anywhere in the text, by {@link TextSearch}
 * @param until end of the period, exclusive
 * @param looked conditions for which rows have to be looked at
 */
public record MessageFilter(
        String tenantId,
        @Nullable Numbers from,
        @Nullable Numbers to,
        @Nullable String text,
        @Nullable Instant since,
        @Nullable Instant until,
        Looked looked) {

    /**
     * Conditions that no index of messages knows; null matches any.
     *
     * @param rule     the message's {@code matchedRuleId}
     * @param delivery fulfilled by one of the message's deliveries
     * @param notFrom  a sender whose messages are left out
     */
    public record Looked(
            @Nullable String device,
            @Nullable String rule,
            @Nullable DeliveryCondition delivery,
            @Nullable Numbers notFrom) {

        static final Looked ANY = new Looked(null, null, null);

        public Looked(@Nullable String device, @Nullable String rule, @Nullable DeliveryCondition delivery) {
            this(device, rule, delivery, null);
        }

        public Looked {
            delivery = delivery == null || delivery.isAny() ? null : delivery;
        }

        public Looked notFrom(Numbers sender) {
            return new Looked(device, rule, delivery, sender);
        }

        private @Nullable NumberCondition others() {
            return notFrom == null ? null : new NumberCondition(notFrom, "notFrom");
        }
    }

    public MessageFilter(
            String tenantId,
            @Nullable Numbers from,
            @Nullable Numbers to,
            @Nullable String text,
            @Nullable Instant since,
            @Nullable Instant until) {
        this(tenantId, from, to, text, since, until, Looked.ANY);
    }

    public MessageFilter from(Numbers sender) {
        return new MessageFilter(tenantId, sender, to, text, since, until, looked);
    }

    /** Selects those with this in their text. */
    public MessageFilter saying(String wanted) {
        return new MessageFilter(tenantId, from, to, wanted, since, until, looked);
    }

    public MessageFilter and(Looked more) {
        return new MessageFilter(tenantId, from, to, text, since, until, more);
    }

    public static MessageFilter between(String tenantId, @Nullable Instant since, @Nullable Instant until) {
        return new MessageFilter(tenantId, null, null, null, since, until);
    }

    /** Returns the condition that an index leads to. */
    String where() {
        return where(" where m.tenant_id = :tenant");
    }

    /** Returns the same condition for a few messages, whose numbers are the parameter {@code seqs}. */
    String whereAmong() {
        return where(" where (m.tenant_id || '') = :tenant and m.seq in (:seqs)");
    }

    private String where(String beginning) {
        StringBuilder where = new StringBuilder(beginning);
        if (from != null) {
            where.append(" and ").append(new NumberCondition(from, "from").on("m.sender", "m.region"));
        }
        if (since != null) {
            where.append(" and m.accepted_at >= :since");
        }
        if (until != null) {
            where.append(" and m.accepted_at < :until");
        }
        return where.toString();
    }

    /** Returns the condition for which each row has to be looked at; empty for none. */
    String examined() {
        StringBuilder examined = new StringBuilder();
        if (to != null) {
            examined.append(" and ").append(new NumberCondition(to, "to").on("m.recipient", "m.region"));
        }
        NumberCondition others = looked.others();
        if (others != null) {
            examined.append(" and not (")
                    .append(others.on("m.sender", "m.region"))
                    .append(')');
        }
        if (looked.device() != null) {
            examined.append(" and m.device_id = :device");
        }
        if (looked.rule() != null) {
            examined.append(" and m.matched_rule_id = :rule");
        }
        if (looked.delivery() != null) {
            examined.append(" and exists (select 1 from delivery d where d.message_seq = m.seq")
                    .append(looked.delivery().examined())
                    .append(')');
        }
        return examined.toString();
    }

    Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        if (looked.delivery() != null) {
            params.putAll(looked.delivery().params());
        }
        NumberCondition others = looked.others();
        if (others != null) {
            params.putAll(others.params());
        }
        params.put("device", looked.device());
        params.put("rule", looked.rule());
        params.put("tenant", tenantId);
        if (from != null) {
            params.putAll(new NumberCondition(from, "from").params());
        }
        if (to != null) {
            params.putAll(new NumberCondition(to, "to").params());
        }
        params.put("since", Columns.millis(since));
        params.put("until", Columns.millis(until));
        return params;
    }
}
