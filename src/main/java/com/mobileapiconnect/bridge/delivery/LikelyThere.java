package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether an SMS of a phone's backup is in the store: under the id that the backup's SMS would get, or under
 * another one, because the phone's app handed it over with an id of its own.
 */
public final class LikelyThere {

    private static final String THERE = """
            select 1 from message where id = :id
            union all
            select 1 from (
                select device_id, text, received_at from message
                where tenant_id = :tenant and sender_key = :sender and accepted_at >= :since
                    and not (accepted_at >= :own and phone_id like 'at-%')
                order by accepted_at limit 1000) m
            where m.device_id = :device and m.text = :text and m.received_at between :from and :to
            limit 1""";
    /** Apps stamp an SMS when they see it, the phone when it comes. */
    private static final long APART_MILLIS = 5_000;
    /** A phone's clock may be ahead of the bridge's. */
    private static final long AHEAD_MILLIS = Duration.ofDays(1).toMillis();

    /** A job may run on another node than that which began it. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private LikelyThere() {}

    /**
     * Returns whether an SMS is there, apart from others of the same import: two of a backup with the same text are two,
     * however near each other.
     *
     * @param begun when the import began, whose SMS are those without an id of an app that were accepted since; null if it
     *     has not
     */
    public static boolean isThere(JdbcClient sql, InboundMessage message, @Nullable Instant begun) {
        long own = begun == null ? Long.MAX_VALUE : begun.minus(CLOCKS_APART).toEpochMilli();
        long at = message.receivedAt().toEpochMilli();
        return sql.sql(THERE)
                .params(Map.of(
                        "id", message.id(),
                        "tenant", message.tenantId(),
                        "sender", PhoneNumber.key(message.foundBy()),
                        "since", at - AHEAD_MILLIS,
                        "own", own,
                        "device", message.deviceId(),
                        "text", message.text(),
                        "from", at - APART_MILLIS,
                        "to", at + APART_MILLIS))
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
