package com.mobileapiconnect.bridge.message;

import java.util.Locale;

/** Compares spellings of senders and recipients; the spelling itself is always kept. */
public final class PhoneNumber {

    private static final int SHOWN = 2;

    private PhoneNumber() {}

    /** Returns what a log may show of a number or name that is to be forgotten: its end. */
    public static String hidden(String key) {
        return "…" + key.substring(Math.max(0, key.length() - SHOWN));
    }

    /**
     * Returns the common form of {@code +91 98765-43210} and {@code 919876543210}: the digits of a number, or the whole
     * lower-cased name of an alphanumeric sender.
     */
    public static String key(String spelling) {
        StringBuilder digits = new StringBuilder(spelling.length());
        for (int i = 0; i < spelling.length(); i++) {
            char c = spelling.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if ("+ -().\u00a0".indexOf(c) < 0) {
                return spelling.strip().toLowerCase(Locale.ROOT);
            }
        }
        return digits.length() == 0 ? spelling.strip().toLowerCase(Locale.ROOT) : digits.toString();
    }
}
