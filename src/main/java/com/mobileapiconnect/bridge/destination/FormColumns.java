package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a {@link Form}; what is as usual is null. */
final class FormColumns {

    private FormColumns() {}

    static @Nullable String include(Form form) {
        return form.include().isEmpty()
                ? null
                : form.include().stream().map(Form.Include::wireName).collect(Collectors.joining(" "));
    }

    static @Nullable String signatureHeader(Form form) {
        return form.signatureHeader().equals(Form.SIGNATURE) ? null : form.signatureHeader();
    }

    static Form read(ResultSet row) throws SQLException {
        String include = row.getString("payload_include");
        String header = row.getString("signature_header");
        List<String> names = include == null ? List.of() : List.of(include.split(" "));
        return new Form(
                Metadata.of(row.getString("metadata")),
                Arrays.stream(Form.Include.values())
                        .filter(each -> names.contains(each.wireName()))
                        .toList(),
                header == null ? Form.SIGNATURE : header);
    }
}
