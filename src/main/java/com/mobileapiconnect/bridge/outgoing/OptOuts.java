package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The numbers that want no automatic replies of a tenant. STOP and START count in the order in which messages are
 * accepted.
 */
@Component
class OptOuts {

    /** The reason of replies that an opt-out suppresses. */
    static final String OPTED_OUT = "opted-out";

    private static final String STOP = """
            insert into opt_out (tenant_id, number, number_key, message_id, at) values (?, ?, ?, ?, ?)
            on conflict (tenant_id, number_key) do update set message_id = excluded.message_id""";
    private static final String START = "delete from opt_out where tenant_id = ? and number_key = ?";
    // SMS queued before the customer said STOP and not fetched yet are not sent after it. One that a phone or gateway has
    // at present may go out, but not again.
    private static final String CANCEL = Outgoing.Status.sql("""
            update outgoing set error = ?, updated_at = ?,
                expires_at = case when status = {QUEUED} then expires_at else ? end,
                status = case when status = {QUEUED} then {FAILED} else status end
            where tenant_id = ? and recipient_key = ? and status < {SENT}""");
    private static final String TOLD = Outgoing.Status.sql("select " + Outgoing.COLUMNS + " from outgoing"
            + " where tenant_id = ? and recipient_key = ? and status = {FAILED} and updated_at = ?"
            + " and status_url is not null limit 100");
    private static final String IS = "select 1 from opt_out where tenant_id = ? and number_key = ?";
    private static final String OF_TENANT = """
            select seq, number, message_id, at from opt_out
            where tenant_id = ? and seq < ? order by seq desc limit ?""";

    private final Store store;
    private final ErasedOptOuts erased;
    private final StatusUrls statusUrls;

    OptOuts(Store store, ErasedOptOuts erased, StatusUrls statusUrls) {
        this.statusUrls = statusUrls;
        this.store = store;
        this.erased = erased;
    }

    /** @param messageId the message that said STOP; null if a person noted it */
    record View(
            String number, Instant since, @Nullable String messageId) {}

    /** @param messageId empty if a person noted it */
    record Entry(String tenantId, String number, String key, String messageId) {}

    private record Row(long seq, View view) {}

    void stop(Transaction tx, InboundMessage message, Instant now) throws SQLException {
        String key = PhoneNumber.key(message.from());
        add(tx, new Entry(message.tenantId(), message.from(), key, message.id()), now);
    }

    /** Notes that a number opted out, and takes back what waits to be sent to it. */
    void add(Transaction tx, Entry entry, Instant now) throws SQLException {
        PreparedStatement stop = tx.prepared(STOP);
        stop.setString(1, entry.tenantId());
        stop.setString(2, entry.number());
        stop.setString(3, entry.key());
        stop.setString(4, entry.messageId());
        stop.setLong(5, now.toEpochMilli());
        stop.executeUpdate();
        PreparedStatement cancel = tx.prepared(CANCEL);
        cancel.setString(1, OPTED_OUT);
        cancel.setLong(2, now.toEpochMilli());
        cancel.setLong(3, now.toEpochMilli());
        cancel.setString(4, entry.tenantId());
        cancel.setString(5, entry.key());
        if (cancel.executeUpdate() > 0) {
            tell(tx, entry, now);
        }
    }

    private void tell(Transaction tx, Entry entry, Instant now) throws SQLException {
        List<Outgoing> ended = tx.sql()
                .sql(TOLD)
                .params(entry.tenantId(), entry.key(), now.toEpochMilli())
                .query((row, n) -> Outgoing.read(row))
                .list();
        for (Outgoing sms : ended) {
            statusUrls.tell(tx, sms, now);
        }
    }

    /** Returns false if the number had not opted out. */
    boolean start(Transaction tx, String tenantId, String numberKey) throws SQLException {
        PreparedStatement start = tx.prepared(START);
        start.setString(1, tenantId);
        start.setString(2, numberKey);
        boolean before = start.executeUpdate() > 0;
        return erased.forget(tx, tenantId, numberKey) || before;
    }

    boolean contains(Transaction tx, String tenantId, String numberKey) throws SQLException {
        PreparedStatement query = tx.prepared(IS);
        query.setString(1, tenantId);
        query.setString(2, numberKey);
        try (ResultSet row = query.executeQuery()) {
            if (row.next()) {
                return true;
            }
        }
        return erased.contains(tx, tenantId, numberKey);
    }

    Page<View> page(String tenantId, Page.Request request) {
        List<Row> rows = store.read(sql -> sql.sql(OF_TENANT)
                .params(tenantId, request.before(), request.limit() + 1)
                .query((row, n) -> row(row))
                .list());
        return Page.of(rows, request, row -> Long.toString(row.seq())).map(Row::view);
    }

    private static Row row(ResultSet row) throws SQLException {
        String messageId = row.getString("message_id");
        return new Row(
                row.getLong("seq"),
                new View(
                        row.getString("number"),
                        Columns.time(row, "at"),
                        messageId.isEmpty() ? null : messageId));
    }
}
