package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Settings of which each tenant has one row. */
abstract class TenantRows<T> implements Rows<String, T> {

    private static final String ALL = "select * from %s";
    private static final String ONE = "select * from %s where tenant_id = ?";
    private static final String PUT = """
            insert into %s (tenant_id, %s) values (?, %s)
            on conflict (tenant_id) do update set %s""";
    private static final String DELETE = "delete from %s where tenant_id = ?";

    private final String all;
    private final String one;
    private final String put;
    private final String delete;

    /** @param columns beside {@code tenant_id}, in the order of {@link #values} */
    TenantRows(String table, List<String> columns) {
        this.all = ALL.formatted(table);
        this.one = ONE.formatted(table);
        this.put = PUT.formatted(
                table,
                String.join(", ", columns),
                columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
                columns.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", ")));
        this.delete = DELETE.formatted(table);
    }

    /** Returns what is kept, in the order of the columns. */
    abstract List<@Nullable Object> values(T settings);

    abstract T read(String tenantId, ResultSet row) throws SQLException;

    private T read(ResultSet row) throws SQLException {
        return read(row.getString("tenant_id"), row);
    }

    @Override
    public List<T> all(JdbcClient sql) {
        return sql.sql(all).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable T find(JdbcClient sql, String tenantId, @Nullable T known) {
        return sql.sql(one)
                .param(tenantId)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    @Override
    public T put(Transaction tx, @Nullable T before, T now) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(key(now));
        values.addAll(values(now));
        tx.sql().sql(put).params(values).update();
        return now;
    }

    @Override
    public void remove(Transaction tx, T before) {
        tx.sql().sql(delete).param(key(before)).update();
    }
}
