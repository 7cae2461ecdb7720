package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.guard.ShownUrl;
import com.mobileapiconnect.bridge.store.Query;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Work;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log of who changed what, written in the transaction of the change itself. */
@Component
public class Audit {

    private static final String INSERT = """
            insert into audit (tenant_id, at, actor, address, action, subject, detail)
            values (?, ?, ?, ?, ?, ?, ?) returning seq""";
    private static final String OF_TENANT = """
            select seq, at, actor, address, action, subject, detail from audit
            where tenant_id = ? and seq < ? order by seq desc limit ?""";
    private static final String OF_OPERATOR = """
            select seq, at, actor, address, action, subject, detail from audit
            where actor = 'operator' and seq < ? order by seq desc limit ?""";

    private final Store store;
    private final Clock clock;

    Audit(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A change of the store. */
    @FunctionalInterface
    public interface Change {
        void in(Transaction tx) throws SQLException;
    }

    /** @param detail for people; never a secret, never the text of an SMS; URLs lose what may hold a secret */
    public record Entry(
            String action, String subject, @Nullable String detail) {

        public Entry {
            detail = detail == null ? null : ShownUrl.in(detail);
        }
    }

    /** Makes a change and records it in the same transaction; returns when both are durable. */
    public void change(Caller who, @Nullable String tenantId, Entry entry, Change change) {
        store.writeNow(owner(tenantId), tx -> {
            change.in(tx);
            record(tx, tenantId, who, entry);
            return tx;
        });
    }

    /**
     * Makes a change whose log entry depends on its result, in one transaction.
     *
     * @param entry makes the log entry; null if nothing was changed
     */
    public <T> T change(Caller who, @Nullable String tenantId, Work<T> change, Function<T, @Nullable Entry> entry) {
        return store.writeNow(owner(tenantId), tx -> {
            T changed = change.in(tx);
            Entry note = entry.apply(changed);
            if (note != null) {
                record(tx, tenantId, who, note);
            }
            return changed;
        });
    }

    private static String owner(@Nullable String tenantId) {
        return tenantId == null ? Store.NOBODY : tenantId;
    }

    /** Records a change that is part of a larger transaction. */
    public void record(Transaction tx, @Nullable String tenantId, Caller who, Entry entry) {
        long seq = tx.sql()
                .sql(INSERT)
                .params(
                        tenantId,
                        clock.millis(),
                        who.name(),
                        who.address(),
                        entry.action(),
                        entry.subject(),
                        entry.detail())
                .query(Long.class)
                .single();
        tx.reached("audit", seq);
    }

    record View(
            Instant at,
            String actor,
            @Nullable String address,
            String action,
            String subject,
            @Nullable String detail) {}

    private record Row(long seq, View view) {}

    Page<View> page(String tenantId, Page.Request request) {
        return page(request, sql -> sql.sql(OF_TENANT).params(tenantId, request.before(), request.limit() + 1));
    }

    Page<View> ofOperator(Page.Request request) {
        return page(request, sql -> sql.sql(OF_OPERATOR).params(request.before(), request.limit() + 1));
    }

    private Page<View> page(Page.Request request, Query<JdbcClient.StatementSpec> query) {
        List<Row> rows = store.read(sql -> query.ask(sql)
                .query((row, n) -> new Row(
                        row.getLong("seq"),
                        new View(
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("actor"),
                                row.getString("address"),
                                row.getString("action"),
                                row.getString("subject"),
                                row.getString("detail"))))
                .list());
        return Page.of(rows, request, row -> Long.toString(row.seq())).map(Row::view);
    }
}
