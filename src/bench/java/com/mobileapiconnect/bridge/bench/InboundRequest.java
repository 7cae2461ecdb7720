package com.mobileapiconnect.bridge.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of {@code POST /v1/inbound}; only the digits that tell messages apart are written anew each time. */
final class InboundRequest {

    private static final String COUNT = "0000000000";
    private static final String SENDER = "00000";
    private static final int SENDERS = 100_000;
    private static final String SENT = "0000000000000000000";
    private static final byte[] SENT_AT = "sent at ".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = """
            {"id":"%s-%s","from":"9198765%s","text":"Please send our balance and open invoices, sent at %s"}""";

    private final ByteBuffer bytes;
    private final int countAt;
    private final int senderAt;
    private final int sentAt;
    private long count;

    /** The run tells these messages from those of other runs with the same device. */
    InboundRequest(URI url, String token, String run) {
        String body = BODY.formatted(run, COUNT, SENDER, SENT);
        String head = "POST /v1/inbound HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort()
                + "\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        byte[] request = (head + body).getBytes(StandardCharsets.US_ASCII);
        this.bytes = ByteBuffer.allocateDirect(request.length).put(request);
        this.countAt = head.length() + body.indexOf(COUNT);
        this.senderAt = head.length() + body.indexOf("9198765") + "9198765".length();
        this.sentAt = head.length() + body.indexOf(SENT, body.indexOf("sent at "));
    }

    /**
     * The next message, from the first byte to the last; to be written out before this is called again.
     *
     * @param start what its text says of when it was sent, in {@link System#nanoTime}
     */
    ByteBuffer next(long start) {
        count++;
        digits(sentAt, SENT.length(), start);
        digits(countAt, COUNT.length(), count);
        digits(senderAt, SENDER.length(), count % SENDERS);
        return bytes.rewind();
    }

    /** Reads when the message was sent that a receiver was told of; -1 where its text does not say so. */
    static long sentAt(byte[] bytes, int from, int to) {
        for (int at = from; at + SENT_AT.length + SENT.length() <= to; at++) {
            if (bytes[at] == SENT_AT[0] && Arrays.equals(bytes, at, at + SENT_AT.length, SENT_AT, 0, SENT_AT.length)) {
                long nanos = 0;
                for (int i = at + SENT_AT.length; i < at + SENT_AT.length + SENT.length(); i++) {
                    nanos = nanos * 10 + bytes[i] - '0';
                }
                return nanos;
            }
        }
        return -1;
    }

    private void digits(int at, int width, long number) {
        long rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            bytes.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
