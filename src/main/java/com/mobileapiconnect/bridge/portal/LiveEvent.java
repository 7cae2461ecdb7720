package com.mobileapiconnect.bridge.portal;

import java.nio.charset.StandardCharsets;

/** The events of a stream, as they are written. */
final class LiveEvent {

    /** Says how soon a browser comes back whose stream was cut. */
    static final byte[] BEGIN = bytes("retry: 2000\n\n");

    /** Shows that the bridge is there, while there is nothing to show. */
    static final byte[] BEAT = bytes("event: beat\ndata:\n\n");

    /** Has the browser load the whole page anew, which then says why. */
    static final byte[] OVER = bytes("event: over\ndata:\n\n");

    /** Has a window wait, because its browser has opened too many others since. */
    static final byte[] FULL = bytes("event: full\ndata:\n\n");

    private LiveEvent() {}

    /** Returns the event that a part of the page looks like this now. */
    static byte[] part(String html) {
        StringBuilder event = new StringBuilder(html.length() + 64).append("event: part\n");
        html.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return bytes(event.append('\n').toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
