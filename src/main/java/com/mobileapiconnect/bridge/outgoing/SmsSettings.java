package com.mobileapiconnect.bridge.outgoing;

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

    static SmsSettings none(String tenantId) {
        return new SmsSettings(tenantId, null, null);
    }
}
