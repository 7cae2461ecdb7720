package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.guard.ShownUrl;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final String ENTRIES = "select seq, at, actor, address, action, subject, detail from audit where ";
    private static final String OF_TENANT = "tenant_id = :tenant";
    private static final String OF_OPERATOR = "actor = 'operator'";
    private static final String BEFORE = " and seq < :before";
    /** Entries that a page looks at; behind them it says where to continue. */
    private static final int LOOKED_AT = 10_000;

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

    Page<View> page(String tenantId, AuditFilter filter, Page.Request request) {
        return store.read(tenantId, sql -> page(sql, OF_TENANT, tenantId, filter, request));
    }

    Page<View> ofOperator(AuditFilter filter, Page.Request request) {
        return store.read(Store.NOBODY, sql -> page(sql, OF_OPERATOR, null, filter, request));
    }

    private static Page<View> page(
            JdbcClient sql, String whose, @Nullable String tenantId, AuditFilter filter, Page.Request request) {
        Map<String, @Nullable Object> params = filter.params();
        params.put("tenant", tenantId);
        params.put("before", request.before());
        params.put("limit", request.limit() + 1);
        String looked = filter.where();
        Long end = looked.isEmpty() ? null : boundary(sql, whose, params);
        params.put("end", end);
        String where = whose + BEFORE + (end == null ? "" : " and seq >= :end") + looked;
        List<Row> rows = sql.sql(ENTRIES + where + " order by seq desc limit :limit")
                .params(params)
                .query((row, n) -> read(row))
                .list();
        Page<Row> page = Page.of(rows, request, row -> Long.toString(row.seq()));
        if (page.next() == null && end != null) {
            page = new Page<>(page.data(), end.toString());
        }
        return page.map(Row::view);
    }

    /** Returns the number of the last entry that a page looks at; null if it looks at all that are left. */
    private static @Nullable Long boundary(JdbcClient sql, String whose, Map<String, @Nullable Object> params) {
        return sql.sql("select seq from audit where " + whose + BEFORE + " order by seq desc limit 1 offset "
                        + (LOOKED_AT - 1))
                .params(params)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("seq"),
                new View(
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("actor"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")));
    }
}
