package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of tenants as rows. Words are kept a line each: none has a line break. */
final class TenantWordRows extends TenantRows<TenantWords> {

    TenantWordRows() {
        super("opt_out_words", List.of("languages", "opt_out", "opt_in"));
    }

    @Override
    public String key(TenantWords words) {
        return words.tenantId();
    }

    @Override
    List<@Nullable Object> values(TenantWords words) {
        List<OptOutLanguage> languages = words.languages();
        return Arrays.asList(
                languages == null ? null : lines(languages.stream().map(WireName::wireName)),
                lines(words.optOutWords().stream()),
                lines(words.optInWords().stream()));
    }

    /** Leaves out languages that this version does not have. */
    @Override
    TenantWords read(String tenantId, ResultSet row) throws SQLException {
        String languages = row.getString("languages");
        return TenantWords.of(
                tenantId,
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
