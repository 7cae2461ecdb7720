package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Received.Part;
import org.jspecify.annotations.Nullable;

/** The user data header of an SMS, in which a part of a long one says which part it is (3GPP TS 23.040, 9.2.3.24). */
final class Udh {

    private static final int CONCATENATED = 0x00;
    private static final int CONCATENATED_16_BIT = 0x08;
    private static final int BYTE = 0xff;

    private Udh() {}

    /** @param header begins with its own length */
    static Part.@Nullable Place place(byte[] header) {
        for (int at = 1; at + 1 < header.length; at += 2 + (header[at + 1] & BYTE)) {
            int length = header[at + 1] & BYTE;
            boolean wide = header[at] == CONCATENATED_16_BIT;
            int expected = wide ? 4 : 3;
            if ((wide || header[at] == CONCATENATED) && length == expected && at + 1 + length < header.length) {
                int last = at + 1 + length;
                int ref = wide ? (header[at + 2] & BYTE) << 8 | (header[at + 3] & BYTE) : header[at + 2] & BYTE;
                return Part.Place.of(Integer.toString(ref), header[last - 1] & BYTE, header[last] & BYTE);
            }
        }
        return null;
    }
}
