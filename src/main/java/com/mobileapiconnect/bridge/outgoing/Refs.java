package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives answers the {@code ref} of the SMS that they answer. The tenants that have any are known in memory, so that
 * others pay nothing; the refs themselves are in the store.
 */
@Component
class Refs {

    private static final String LIVE =
            "select tenant_id, max(ref_until) as until from outgoing where ref_until > ? group by tenant_id";
    private static final String LATEST = """
            select ref from outgoing where tenant_id = ? and recipient_key = ? and ref_until > ?
            order by created_at desc, id desc limit 1""";

    private final Store store;
    private final Clock clock;
    private final Map<String, Instant> liveUntil = new ConcurrentHashMap<>();

    Refs(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        reload();
    }

    /** Reloads, and thereby learns of SMS that other nodes sent. */
    void reload() {
        long now = clock.millis();
        store.read(sql -> {
            sql.sql(LIVE).param(now).query(row -> {
                sent(row.getString("tenant_id"), Columns.time(row, "until"));
            });
            return 0;
        });
        liveUntil.values().removeIf(until -> until.toEpochMilli() <= now);
    }

    /** Notes an SMS with a ref after its commit. */
    void sent(String tenantId, Instant until) {
        liveUntil.merge(tenantId, until, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Returns the messages; those without a ref get the latest one that was sent to their sender. */
    List<InboundMessage> carry(List<InboundMessage> messages) {
        Instant now = clock.instant();
        if (messages.stream().noneMatch(message -> mayHave(message, now))) {
            return messages;
        }
        return store.read(sql -> messages.stream()
                .map(message -> mayHave(message, now) ? carry(sql, message, now) : message)
                .toList());
    }

    private boolean mayHave(InboundMessage message, Instant now) {
        Instant until = liveUntil.get(message.tenantId());
        return message.ref() == null && until != null && until.isAfter(now);
    }

    private static InboundMessage carry(JdbcClient sql, InboundMessage message, Instant now) {
        return sql.sql(LATEST)
                .params(message.tenantId(), PhoneNumber.key(message.from()), now.toEpochMilli())
                .query(String.class)
                .optional()
                .map(message::withRef)
                .orElse(message);
    }
}
