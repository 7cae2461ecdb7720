package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.Flags.Flag;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives answers the {@code ref} of the SMS that they answer. The tenants that have any are known in memory, so that
 * others pay nothing; the refs themselves are in the store.
 */
@Component
class Refs {

    private static final int LOOKED_AT = 20;
    static final String LIVE = "select tenant_id, ref_until from outgoing where ref_until > ?";
    // A national number means another customer in another region, so the newest one need not be the one.
    // An SMS that never went out, or is not to go out yet, was not answered.
    private static final String LATEST = Outgoing.Status.sql("""
            select ref, recipient, region from outgoing
            where tenant_id = :tenant and recipient_key in (:forms) and ref_until > :now
                and created_at <= :before and (send_at is null or (send_at <= :before and send_at <= :now))
                and status not in ({FAILED}, {EXPIRED}, {CANCELLED})
            order by created_at desc, id desc limit :limit""");
    /** A phone's clock may be behind the bridge's. */
    private static final Duration BEHIND = Duration.ofMinutes(5);
    /** A phone hands over what it has within that time; an older stamp is that of a clock that was never set. */
    private static final Duration LONG_AGO = Duration.ofDays(30);

    private final Store store;
    private final Numbering numbering;
    private final Clock clock;
    private final Map<String, Instant> liveUntil = new ConcurrentHashMap<>();
    /** The end of the last one's time that was read: later SMS have a later one, so that a reload reads few rows. */
    private long readUntil;

    Refs(Store store, Numbering numbering, Clock clock) {
        this.store = store;
        this.numbering = numbering;
        this.clock = clock;
        reload();
    }

    /** Reloads, and thereby learns of SMS that other nodes sent. */
    synchronized void reload() {
        long now = clock.millis();
        readUntil = store.readKnowing(sql -> {
            long[] last = {Math.max(now, readUntil)};
            sql.sql(LIVE).param(last[0]).query(row -> {
                sent(row.getString("tenant_id"), Columns.time(row, "ref_until"));
                last[0] = Math.max(last[0], row.getLong("ref_until"));
            });
            return last[0];
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
        return store.readKnowing(sql -> messages.stream()
                .map(message -> mayHave(message, now) ? carry(sql, message, now) : message)
                .toList());
    }

    private boolean mayHave(InboundMessage message, Instant now) {
        Instant until = liveUntil.get(message.tenantId());
        return message.ref() == null && !message.flags().has(Flag.NO_REPLY) && until != null && until.isAfter(now);
    }

    /** Returns the time before which an SMS was made that this one may answer: none that was made after it came. */
    private static Instant madeBefore(InboundMessage message, Instant now) {
        Instant received = message.receivedAt();
        boolean neverSet = received.isBefore(now.minus(LONG_AGO)) && !MessageId.isDerived(message.phoneId());
        return (neverSet ? now : received).plus(BEHIND);
    }

    private InboundMessage carry(JdbcClient sql, InboundMessage message, Instant now) {
        Customer from = new Customer(message.tenantId(), message.from(), message.region());
        Set<String> forms = numbering.forms(from.tenantId(), from.number(), from.region());
        return sql
                .sql(LATEST)
                .param("tenant", from.tenantId())
                .param("forms", forms)
                .param("now", now.toEpochMilli())
                .param("before", madeBefore(message, now).toEpochMilli())
                .param("limit", forms.size() == 1 ? 1 : LOOKED_AT)
                .query((row, n) -> new Sent(row.getString("ref"), row.getString("recipient"), row.getString("region")))
                .list()
                .stream()
                .filter(sent -> sent.isTo(from))
                .findFirst()
                .map(sent -> message.withRef(sent.ref()))
                .orElse(message);
    }

    /** @param region where the device was that sent it; null if unknown */
    private record Sent(String ref, String to, @Nullable String region) {

        boolean isTo(Customer from) {
            boolean asWritten = PhoneNumber.key(to).equals(PhoneNumber.key(from.number()));
            return (asWritten && (region == null || from.region() == null))
                    || Region.key(to, region == null ? from.region() : region).equals(from.key());
        }
    }
}
