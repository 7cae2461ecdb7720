package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import org.jspecify.annotations.Nullable;

/**
 * An SMS to a customer, as a gateway needs it.
 *
 * @param id   the bridge's own, the same at every attempt
 * @param from the number of the device or of its SIM, if known
 * @param sim  the SIM slot to send with; null for the phone's choice
 * @param region of the device, in which national numbers are read; null if unknown
 */
public record Sms(
        String id,
        @Nullable String from,
        String to,
        String text,
        @Nullable Integer sim,
        @Nullable String region) {

    /** The parameter by which a report names its SMS. */
    static final String REPORT_OF = "sms";

    // Shorter ones may be national, and are left to the gateway.
    private static final int SHORTEST_INTERNATIONAL = 11;

    /** Returns the number to send from: the transport's {@code from}, else the device's. */
    @Nullable String sender(TransportValues settings) {
        String configured = settings.optional("from");
        return configured == null ? from : configured;
    }

    /** Returns the URL at which the gateway reports on this SMS; null if its transport has none. */
    @Nullable String reportUrl(TransportValues settings) {
        String url = settings.optional(TransportSetting.REPORT_URL);
        return url == null ? null : url + (url.indexOf('?') < 0 ? "?" : "&") + REPORT_OF + "=" + id;
    }

    /**
     * Writes a number in international form, {@code +919876543210}: a national one of the region, and what else is long
     * enough to be nothing else.
     */
    String international(String number) {
        String digits = Region.key(number, region);
        boolean whole = PhoneNumber.isInternational(number)
                || !digits.equals(PhoneNumber.key(number))
                || (digits.length() >= SHORTEST_INTERNATIONAL && digits.charAt(0) != '0');
        return PhoneNumber.isNumber(digits) && whole ? "+" + digits : number;
    }
}
