package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.device.Device;
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
import java.util.Set;
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
    private static final String PASSED_ON = "update sms_part set content = null where sms_id = ? and number = ?";
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
     * The SMS that a part belongs to.
     *
     * @param smsId  null for one that begins with this part
     * @param isHere whether this part is a repeat
     */
    record Place(@Nullable String smsId, boolean isHere) {

        boolean isNew() {
            return smsId == null;
        }
    }

    /**
     * Looks for the SMS that a part belongs to. An SMS with the same ref that has another part of this number is another
     * one.
     *
     * @param leaving ids of SMS that no part joins any more
     */
    static Place place(Transaction tx, String deviceId, Part part, Set<String> leaving) {
        Part.Place place = part.place();
        String partId = idOf(part);
        List<Row> alike = tx.sql()
                .sql(ALIKE)
                .params(deviceId, sender(part), WellFormed.of(place.ref()), place.total())
                .query((row, n) -> new Row(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                .list();
        return alike.stream()
                .filter(row -> row.is(place.number(), partId))
                .findFirst()
                .map(repeat -> new Place(repeat.smsId(), true))
                .orElseGet(() -> new Place(waitingFor(place.number(), alike, leaving), false));
    }

    /** Stores a part in its place, and returns its SMS as far as that waits; empty if it was passed on already. */
    static Optional<LongSms> add(Transaction tx, Device device, Part part, Place place, Instant now) {
        String known = place.smsId();
        String smsId = known == null ? Ids.timeOrdered(ID, now) : known;
        if (!place.isHere()) {
            insert(tx, device, part, smsId, now);
        }
        return find(tx.sql(), smsId);
    }

    private static void insert(Transaction tx, Device device, Part part, String smsId, Instant now) {
        String sender = sender(part);
        tx.sql()
                .sql(INSERT)
                .params(
                        device.tenantId(),
                        device.id(),
                        smsId,
                        sender,
                        PhoneNumber.key(sender),
                        WellFormed.of(part.place().ref()),
                        part.place().total(),
                        part.place().number(),
                        idOf(part),
                        write(part.sms()),
                        now.toEpochMilli())
                .update();
    }

    private static String sender(Part part) {
        return WellFormed.of(Objects.requireNonNull(part.sms().from()));
    }

    /** Finds the oldest of the SMS that wait for a part of this number; null if there is none. */
    private static @Nullable String waitingFor(int number, List<Row> alike, Set<String> leaving) {
        return alike.stream()
                .filter(Row::waits)
                .map(Row::smsId)
                .filter(id -> !leaving.contains(id))
                .filter(id -> alike.stream().noneMatch(row -> row.smsId().equals(id) && row.number() == number))
                .min(String::compareTo)
                .orElse(null);
    }

    private static String idOf(Part part) {
        Captured sms = part.sms();
        String id = sms.id();
        return id == null || id.isEmpty() || id.length() > InboundMessage.MAX_PHONE_ID
                ? MessageId.derivedPhoneId(sender(part), sms.text(), Instant.EPOCH)
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

    /** Notes that these parts of an SMS wait no longer, and only these: one that has come since is in no message yet. */
    static LongSms passedOn(Transaction tx, LongSms sms) {
        String id = Objects.requireNonNull(sms.id());
        tx.batch(
                PASSED_ON,
                sms.parts().stream().map(part -> List.of(id, part.number())).toList());
        return sms;
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
