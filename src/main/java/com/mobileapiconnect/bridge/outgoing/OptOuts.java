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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The numbers that want no automatic replies of a tenant. STOP and START count in the order in which messages are
 * accepted. A number is kept under every key that it has when it says STOP, and looked for under every key that it has
 * then: no change of a region loses an opt-out.
 */
@Component
class OptOuts {

    /** The reason of replies that an opt-out suppresses. */
    static final String OPTED_OUT = "opted-out";

    private static final String FIND = """
            select o.seq, o.number_key from opt_out_form f join opt_out o on o.seq = f.opt_out_seq
            where f.tenant_id = ? and f.number_key\s""" + Customer.IN + " limit 1";
    private static final String SHOWN = """
            select o.seq, o.number, o.message_id, o.at from opt_out_form f join opt_out o on o.seq = f.opt_out_seq
            where f.tenant_id = ? and f.number_key\s""" + Customer.IN + " order by o.seq desc limit 1";
    private static final String STOP = """
            insert into opt_out (tenant_id, number, number_key, message_id, at) values (?, ?, ?, ?, ?)
            on conflict (tenant_id, number_key) do update set message_id = excluded.message_id returning seq""";
    private static final String AGAIN = "update opt_out set message_id = ? where seq = ?";
    private static final String ADD_FORM = """
            insert into opt_out_form (tenant_id, number_key, opt_out_seq) values (?, ?, ?) on conflict do nothing""";
    private static final String DELETE = "delete from opt_out where seq in (:seqs)";
    private static final String DELETE_FORMS = "delete from opt_out_form where opt_out_seq in (:seqs)";
    // SMS queued before the customer said STOP and not fetched yet are not sent after it. One that a phone or gateway
    // has
    // at present may go out, but not again.
    private static final String CANCEL = Outgoing.Status.sql("""
            update outgoing set error = ?, updated_at = ?,
                expires_at = case when status = {QUEUED} then expires_at else ? end,
                status = case when status = {QUEUED} then {FAILED} else status end
            where tenant_id = ? and status < {SENT} and recipient_key\s""" + Customer.IN);
    private static final String TOLD = Outgoing.Status.sql("select " + Outgoing.COLUMNS + " from outgoing"
            + " where tenant_id = :tenant and recipient_key in (:forms) and status = {FAILED} and updated_at = :now"
            + " and (status_url is not null or :all = 1) limit 100");
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
    record View(String number, Instant since, @Nullable String messageId) {}

    private record Row(long seq, View view) {}

    /** An opt-out that stands. */
    private record Standing(long seq, String numberKey) {}

    void stop(Transaction tx, InboundMessage message, Instant now) throws SQLException {
        add(tx, new Customer(message.tenantId(), message.from(), message.region()), message.id(), now);
    }

    /**
     * Notes that a number opted out, and takes back what waits to be sent to it.
     *
     * @param messageId empty if a person noted it
     */
    void add(Transaction tx, Customer customer, String messageId, Instant now) throws SQLException {
        Standing standing = standing(tx, customer);
        long seq = standing == null ? insert(tx, customer, messageId, now) : standing.seq();
        if (standing != null) {
            PreparedStatement again = tx.prepared(AGAIN);
            again.setString(1, messageId);
            again.setLong(2, seq);
            again.executeUpdate();
        }
        PreparedStatement add = tx.prepared(ADD_FORM);
        for (String form : customer.forms()) {
            add.setString(1, customer.tenantId());
            add.setString(2, form);
            add.setLong(3, seq);
            add.executeUpdate();
        }
        PreparedStatement cancel = tx.prepared(CANCEL);
        cancel.setString(1, OPTED_OUT);
        cancel.setLong(2, now.toEpochMilli());
        cancel.setLong(3, now.toEpochMilli());
        cancel.setString(4, customer.tenantId());
        customer.fillForms(cancel, 5);
        if (cancel.executeUpdate() > 0) {
            tell(tx, customer, now);
        }
    }

    private void tell(Transaction tx, Customer customer, Instant now) throws SQLException {
        List<Outgoing> ended = tx.sql()
                .sql(TOLD)
                .param("tenant", customer.tenantId())
                .param("forms", customer.forms())
                .param("now", now.toEpochMilli())
                .param("all", statusUrls.tellsOfAll(customer.tenantId()) ? 1 : 0)
                .query((row, n) -> Outgoing.read(row))
                .list();
        for (Outgoing sms : ended) {
            statusUrls.tell(tx, sms, now);
        }
    }

    private static long insert(Transaction tx, Customer customer, String messageId, Instant now) throws SQLException {
        PreparedStatement stop = tx.prepared(STOP);
        stop.setString(1, customer.tenantId());
        stop.setString(2, customer.number());
        stop.setString(3, PhoneNumber.key(customer.number()));
        stop.setString(4, messageId);
        stop.setLong(5, now.toEpochMilli());
        try (ResultSet row = stop.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static @Nullable Standing standing(Transaction tx, Customer customer) throws SQLException {
        PreparedStatement find = tx.prepared(FIND);
        find.setString(1, customer.tenantId());
        customer.fillForms(find, 2);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? new Standing(row.getLong(1), row.getString(2)) : null;
        }
    }

    /** Returns false if the number had not opted out. */
    boolean start(Transaction tx, Customer customer) throws SQLException {
        boolean before = false;
        for (Standing found = standing(tx, customer); found != null; found = standing(tx, customer)) {
            remove(tx, List.of(found.seq()));
            before = true;
        }
        return erased.forget(tx, customer.tenantId(), customer.formsEver()) || before;
    }

    /** Removes opt-outs with all their keys; returns their number. */
    static int remove(Transaction tx, List<Long> seqs) {
        tx.sql().sql(DELETE_FORMS).param("seqs", seqs).update();
        return tx.sql().sql(DELETE).param("seqs", seqs).update();
    }

    /** Returns the key by which the opt-out of a number can be revoked; empty if it has not opted out. */
    Optional<String> find(Transaction tx, Customer customer) throws SQLException {
        Standing standing = standing(tx, customer);
        if (standing != null) {
            return Optional.of(standing.numberKey());
        }
        return erased.since(tx.sql(), customer.tenantId(), customer.formsEver())
                .map(at -> PhoneNumber.key(customer.number()));
    }

    /** Returns the opt-out of a number. */
    Optional<View> find(Customer customer) {
        return store.read(customer.tenantId(), sql -> find(sql, customer));
    }

    /** Returns the opt-out of a number, as far as it is committed; of one that was erased no more than the time is known. */
    Optional<View> find(JdbcClient sql, Customer customer) {
        Optional<View> standing = sql.sql(SHOWN)
                .param(customer.tenantId())
                .params(customer.formParams())
                .query((row, n) -> row(row).view())
                .optional();
        return standing.isPresent()
                ? standing
                : erased.since(sql, customer.tenantId(), customer.formsEver())
                        .map(at -> new View(customer.number(), at, null));
    }

    Page<View> page(String tenantId, Page.Request request) {
        List<Row> rows = store.read(tenantId, sql -> sql.sql(OF_TENANT)
                .params(tenantId, request.before(), request.limit() + 1)
                .query((row, n) -> row(row))
                .list());
        return Page.of(rows, request, row -> Long.toString(row.seq())).map(Row::view);
    }

    private static Row row(ResultSet row) throws SQLException {
        String messageId = row.getString("message_id");
        return new Row(
                row.getLong("seq"),
                new View(row.getString("number"), Columns.time(row, "at"), messageId.isEmpty() ? null : messageId));
    }
}
