package com.mobileapiconnect.bridge.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of {@code POST /v1/inbound}; only the digits that tell messages apart are written anew each time. */
final class InboundRequest {

    private static final String COUNT = "0000000000";
    private static final String SENDER = "00000";
    private static final int SENDERS = 100_000;
    private static final String BODY = """
            {"id":"%s-%s","from":"9198765%s","text":"Please send our balance and the list of open invoices"}""";

    private final ByteBuffer bytes;
    private final int countAt;
    private final int senderAt;
    private long count;

    /** The run tells these messages from those of other runs with the same device. */
    InboundRequest(URI url, String token, String run) {
        String body = BODY.formatted(run, COUNT, SENDER);
        String head = "POST /v1/inbound HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort()
                + "\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        byte[] request = (head + body).getBytes(StandardCharsets.US_ASCII);
        this.bytes = ByteBuffer.allocateDirect(request.length).put(request);
        this.countAt = head.length() + body.indexOf(COUNT);
        this.senderAt = head.length() + body.indexOf("9198765") + "9198765".length();
    }

    /** The next message, from the first byte to the last; to be written out before this is called again. */
    ByteBuffer next() {
        count++;
        digits(countAt, COUNT.length(), count);
        digits(senderAt, SENDER.length(), count % SENDERS);
        return bytes.rewind();
    }

    private void digits(int at, int width, long number) {
        long rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            bytes.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
