package com.mobileapiconnect.bridge.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads SIM slots as apps write them: {@code 1}, {@code sim1}, {@code SIM2_operator}. */
final class SimSlot {

    private static final Pattern SLOT =
            Pattern.compile("(?i)\\s*(?:(?:sim|slot)[ _-]*([0-9])(?![0-9]).*|([0-9])\\s*)", Pattern.DOTALL);

    private SimSlot() {}

    /** Returns null for what names no slot. */
    static @Nullable Integer of(@Nullable String written) {
        Matcher slot = SLOT.matcher(written == null ? "" : written);
        if (!slot.matches()) {
            return null;
        }
        return Integer.valueOf(slot.group(1) == null ? slot.group(2) : slot.group(1));
    }
}
