package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The words of tenants as rows. Words are kept a line each: none has a line break. */
final class TenantWordRows implements Rows<String, TenantWords> {

    private static final String ALL = "select tenant_id, languages, opt_out, opt_in from opt_out_words";
    private static final String ONE = ALL + " where tenant_id = ?";
    private static final String PUT = """
            insert into opt_out_words (tenant_id, languages, opt_out, opt_in) values (?, ?, ?, ?)
            on conflict (tenant_id) do update set
                languages = excluded.languages, opt_out = excluded.opt_out, opt_in = excluded.opt_in""";
    private static final String DELETE = "delete from opt_out_words where tenant_id = ?";

    @Override
    public String key(TenantWords words) {
        return words.tenantId();
    }

    @Override
    public List<TenantWords> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable TenantWords find(JdbcClient sql, String tenantId, @Nullable TenantWords known) {
        return sql.sql(ONE)
                .param(tenantId)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    @Override
    public TenantWords put(Transaction tx, @Nullable TenantWords before, TenantWords now) {
        List<OptOutLanguage> languages = now.languages();
        tx.sql()
                .sql(PUT)
                .param(now.tenantId())
                .param(languages == null ? null : lines(languages.stream().map(WireName::wireName)))
                .param(lines(now.optOutWords().stream()))
                .param(lines(now.optInWords().stream()))
                .update();
        return now;
    }

    @Override
    public void remove(Transaction tx, TenantWords before) {
        tx.sql().sql(DELETE).param(before.tenantId()).update();
    }

    /** Leaves out languages that this version does not have. */
    private static TenantWords read(ResultSet row) throws SQLException {
        String languages = row.getString("languages");
        return TenantWords.of(
                row.getString("tenant_id"),
                languages == null
                        ? null
                        : languages
                                .lines()
                                .flatMap(code -> WireName.find(OptOutLanguage.class, code).stream())
                                .toList(),
                row.getString("opt_out").lines().toList(),
                row.getString("opt_in").lines().toList());
    }

    private static String lines(Stream<String> words) {
        return String.join("\n", words.toList());
    }
}
