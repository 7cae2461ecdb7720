package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** The answer to a caller for whom there is no room; ready-made, because it has to cost nothing. */
final class Refusal {

    private static final String BODY = """
            {"type":"about:blank","title":"Service Unavailable","status":503,\
            "detail":"Too many connections or requests at the moment; nothing was taken. Try again."}""";
    private static final ByteBuffer ANSWER = ByteBuffer.wrap(
                    ("HTTP/1.1 503 \r\nContent-Type: application/problem+json\r\nRetry-After: 5\r\n"
                                    + "Connection: close\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                            .getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();

    private Refusal() {}

    /** Writes what the connection takes now; the caller closes it. */
    static void send(WritableByteChannel channel) {
        try {
            channel.write(ANSWER.duplicate());
        } catch (IOException e) {
            // the caller has gone, so nobody misses the answer
        }
    }
}
