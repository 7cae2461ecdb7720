package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of tenants for their SMS, as rows. */
final class SmsSettingRows extends TenantRows<SmsSettings> {

    private static final JsonMapper JSON = new JsonMapper();

    SmsSettingRows() {
        super("sms_settings", List.of("quiet_hours", "help"));
    }

    @Override
    public String key(SmsSettings settings) {
        return settings.tenantId();
    }

    @Override
    List<@Nullable Object> values(SmsSettings settings) {
        QuietHours quiet = settings.quiet();
        HelpAnswer help = settings.help();
        return Arrays.asList(
                quiet == null ? null : quiet.source().toString(),
                help == null ? null : JSON.valueToTree(help).toString());
    }

    /** Hours that this version cannot read are none: a single tenant must not prevent others from loading. */
    @Override
    SmsSettings read(String tenantId, ResultSet row) throws SQLException {
        String quiet = row.getString("quiet_hours");
        String help = row.getString("help");
        try {
            return new SmsSettings(
                    tenantId,
                    quiet == null ? null : QuietHours.of(JSON.readTree(quiet), (field, message) -> {}),
                    help == null ? null : JSON.readValue(help, HelpAnswer.class));
        } catch (JsonProcessingException e) {
            throw new SQLException("Quiet hours of " + tenantId + " or help of it are not JSON", e);
        }
    }
}
