package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The settings of tenants for their SMS, as rows. */
final class SmsSettingRows implements Rows<String, SmsSettings> {

    private static final String ALL = "select tenant_id, quiet_hours, help from sms_settings";
    private static final String ONE = ALL + " where tenant_id = ?";
    private static final String PUT = """
            insert into sms_settings (tenant_id, quiet_hours, help) values (?, ?, ?)
            on conflict (tenant_id) do update set quiet_hours = excluded.quiet_hours, help = excluded.help""";
    private static final String DELETE = "delete from sms_settings where tenant_id = ?";
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String key(SmsSettings settings) {
        return settings.tenantId();
    }

    @Override
    public List<SmsSettings> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable SmsSettings find(JdbcClient sql, String tenantId, @Nullable SmsSettings known) {
        return sql.sql(ONE)
                .param(tenantId)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    @Override
    public SmsSettings put(Transaction tx, @Nullable SmsSettings before, SmsSettings now) {
        QuietHours quiet = now.quiet();
        tx.sql()
                .sql(PUT)
                .param(now.tenantId())
                .param(quiet == null ? null : quiet.source().toString())
                .param(now.help() == null ? null : JSON.valueToTree(now.help()).toString())
                .update();
        return now;
    }

    @Override
    public void remove(Transaction tx, SmsSettings before) {
        tx.sql().sql(DELETE).param(before.tenantId()).update();
    }

    /** Hours that this version cannot read are none: a single tenant must not prevent others from loading. */
    private static SmsSettings read(ResultSet row) throws SQLException {
        String quiet = row.getString("quiet_hours");
        String help = row.getString("help");
        try {
            return new SmsSettings(
                    row.getString("tenant_id"),
                    quiet == null ? null : QuietHours.of(JSON.readTree(quiet), (field, message) -> {}),
                    help == null ? null : JSON.readValue(help, HelpAnswer.class));
        } catch (JsonProcessingException e) {
            throw new SQLException("Quiet hours of " + row.getString("tenant_id") + " or help of it are not JSON", e);
        }
    }
}
