package com.mobileapiconnect.bridge.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A whole HTTP response, and how long after the request it is sent. Made once where it can be, and sent many times. */
final class Reply {

    private final byte[] bytes;
    private final long delayNanos;

    private Reply(byte[] bytes, long delayNanos) {
        this.bytes = bytes;
        this.delayNanos = delayNanos;
    }

    static Reply of(int status, String body, long delayNanos) {
        String head = "HTTP/1.1 " + status + " -\r\nContent-Type: application/json\r\nContent-Length: ";
        String response = head + body.length() + "\r\n\r\n" + body;
        return new Reply(response.getBytes(StandardCharsets.US_ASCII), delayNanos);
    }

    long delayNanos() {
        return delayNanos;
    }

    int length() {
        return bytes.length;
    }

    void putInto(ByteBuffer out) {
        out.put(bytes);
    }
}
