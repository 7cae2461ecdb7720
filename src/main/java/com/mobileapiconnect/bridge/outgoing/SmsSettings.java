package com.mobileapiconnect.bridge.outgoing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a tenant for its SMS.
 *
 * @param quiet null for none
 * @param help  what a customer gets who asks for HELP; null for nothing
 */
record SmsSettings(
        String tenantId,
        @Nullable QuietHours quiet,
        @Nullable HelpAnswer help) {

    /** Returns the ETag. */
    String tag() {
        return ContentTag.of(Arrays.asList(
                quiet == null ? null : quiet.source(),
                help == null ? null : help.text(),
                help == null ? null : help.words()));
    }

    static SmsSettings none(String tenantId) {
        return new SmsSettings(tenantId, null, null);
    }
}
