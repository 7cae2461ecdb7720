package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.Region;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code region} of a tenant or a device. */
public final class RegionField {

    private static final String NAME = "region";

    private RegionField() {}

    /** Returns the code in capitals; null if the field is omitted or null, or invalid and reported. */
    public static @Nullable String read(Fields fields) {
        String code = fields.text(NAME, 2);
        if (code == null) {
            return null;
        }
        String capitals = code.toUpperCase(Locale.ROOT);
        if (!Region.isCode(capitals)) {
            fields.wrong(NAME, "must be the ISO 3166 code of a country, two letters such as \"IN\"");
            return null;
        }
        return capitals;
    }
}
