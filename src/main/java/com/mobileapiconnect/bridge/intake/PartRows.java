package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.gateway.Received.Part;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parts of long SMS as rows. */
final class PartRows {

    private static final String ALIKE = """
            select sms_id, number, part_id, content from sms_part
            where device_id = ? and sender = ? and ref = ? and total = ? order by seq desc limit 1000""";
    private static final String WAITING_OF_DEVICE =
            "select count(*) from sms_part where device_id = ? and content is not null";
    private static final String INSERT = """
            insert into sms_part (tenant_id, device_id, sms_id, sender, sender_key, ref, total, number, part_id, content,
                came_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String OF_SMS = """
            select device_id, total, number, content from sms_part
            where sms_id = ? and content is not null order by number""";
    private static final String DUE = """
            select sms_id from sms_part where content is not null and sms_id > ?
            group by sms_id, total having count(*) = total or min(came_at) <= ?
            order by sms_id limit ?""";
    private static final String PASSED_ON = "update sms_part set content = null where sms_id = ?";
    private static final String ID = "par_";
    private static final JsonMapper JSON = new JsonMapper();

    private PartRows() {}

    /** Returns whether a part can wait for others: its sender must be one that the store can look for. */
    static boolean canWait(Part part) {
        String from = part.sms().from();
        return from != null && from.length() <= InboundMessage.MAX_NUMBER;
    }

    private record Row(
            String smsId,
            int number,
            String partId,
            @Nullable String content) {

        boolean waits() {
            return content != null;
        }

        boolean is(int of, String id) {
            return number == of && partId.equals(id);
        }
    }

    /**
     * Stores a part, unless it is a repeat, and returns the SMS that it belongs to as far as that waits; empty if it was
     * passed on already. An SMS with the same ref that has this part is another one.
     */
    static Optional<LongSms> add(Transaction tx, String tenantId, String deviceId, Part part, Instant now) {
        String sender = WellFormed.of(Objects.requireNonNull(part.sms().from()));
        Part.Place place = part.place();
        String partId = idOf(part.sms(), sender);
        List<Row> alike = tx.sql()
                .sql(ALIKE)
                .params(deviceId, sender, place.ref(), place.total())
                .query((row, n) -> new Row(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                .list();
        Optional<Row> repeat =
                alike.stream().filter(row -> row.is(place.number(), partId)).findFirst();
        if (repeat.isPresent()) {
            return find(tx.sql(), repeat.get().smsId());
        }
        String smsId = waitingFor(place.number(), alike).orElseGet(() -> Ids.timeOrdered(ID, now));
        tx.sql()
                .sql(INSERT)
                .params(
                        tenantId,
                        deviceId,
                        smsId,
                        sender,
                        PhoneNumber.key(sender),
                        place.ref(),
                        place.total(),
                        place.number(),
                        partId,
                        write(part.sms()),
                        now.toEpochMilli())
                .update();
        return find(tx.sql(), smsId);
    }

    /** Finds the oldest of the SMS that wait for a part of this number. */
    private static Optional<String> waitingFor(int number, List<Row> alike) {
        return alike.stream()
                .filter(Row::waits)
                .map(Row::smsId)
                .filter(id -> alike.stream().noneMatch(row -> row.smsId().equals(id) && row.number() == number))
                .min(String::compareTo);
    }

    private static String idOf(Captured sms, String sender) {
        String id = sms.id();
        return id == null || id.isEmpty() || id.length() > InboundMessage.MAX_PHONE_ID
                ? MessageId.derivedPhoneId(sender, sms.text(), Instant.EPOCH)
                : WellFormed.of(id);
    }

    static long waitingOf(Transaction tx, String deviceId) {
        return tx.sql().sql(WAITING_OF_DEVICE).param(deviceId).query(Long.class).single();
    }

    /** Returns the ids of SMS behind one that are complete, or whose first part came by then; the oldest first. */
    static List<String> due(JdbcClient sql, String after, Instant by, int limit) {
        return sql.sql(DUE)
                .params(after, by.toEpochMilli(), limit)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Returns an SMS that waits. */
    static Optional<LongSms> find(JdbcClient sql, String smsId) {
        List<LongSms> each = sql.sql(OF_SMS)
                .param(smsId)
                .query((row, n) -> new LongSms(
                        smsId,
                        row.getString("device_id"),
                        row.getInt("total"),
                        List.of(new LongSms.Part(row.getInt("number"), read(row)))))
                .list();
        if (each.isEmpty()) {
            return Optional.empty();
        }
        List<LongSms.Part> parts = new ArrayList<>();
        each.forEach(one -> parts.addAll(one.parts()));
        return Optional.of(
                new LongSms(smsId, each.get(0).deviceId(), each.get(0).total(), parts));
    }

    static void passedOn(Transaction tx, String smsId) {
        tx.sql().sql(PASSED_ON).param(smsId).update();
    }

    private static String write(Captured sms) {
        try {
            return JSON.writeValueAsString(sms);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts is always JSON", e);
        }
    }

    private static Captured read(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("content"), Captured.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("A part of an SMS is no JSON", e);
        }
    }
}
