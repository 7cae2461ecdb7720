package com.mobileapiconnect.bridge.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One path of the sink: checks and counts what arrives there. The sink's thread owns it. */
final class Receiver {

    private static final byte[] MESSAGE = Frame.name("x-mac-message");
    private static final byte[] DELIVERY = Frame.name("x-mac-delivery");
    private static final byte[] SIGNATURE = Frame.name("x-mac-signature");
    private static final byte[] SCHEME = "sha256=".getBytes(StandardCharsets.US_ASCII);
    private static final int MAC_BYTES = 32;

    /** How a receiver answers: this status to this share of the calls, 200 to the others, each after the delay. */
    record Answers(int status, double share, long delayNanos) {
        static final Answers OK = new Answers(200, 0, 0);
    }

    private final byte[] path;
    private final @Nullable Mac mac;
    private final int verifyEvery;
    private final double refusedShare;
    private final Reply taken;
    private final Reply refused;
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] computed = new byte[MAC_BYTES];
    private final Hashes deliveries = new Hashes();
    private final Hashes messages = new Hashes();
    private long calls;
    private long repeats;
    private long refusals;
    private long badSignatures;
    private long lastNewAt;
    private Latencies travelled = new Latencies();

    /**
     * Without a secret nothing is verified.
     *
     * @param verifyEvery 1 verifies every signature, N one in N, 0 none
     */
    Receiver(String path, @Nullable String secret, int verifyEvery, Answers answers) {
        this.path = path.getBytes(StandardCharsets.US_ASCII);
        this.mac = secret == null ? null : mac(secret);
        this.verifyEvery = verifyEvery;
        this.refusedShare = answers.share();
        this.taken = Reply.of(200, "{}", answers.delayNanos());
        this.refused = Reply.of(answers.status(), "{}", answers.delayNanos());
    }

    boolean isFor(Frame request) {
        return request.isFor(path);
    }

    /** A wrong signature is counted and answered like a right one: refusing it would bury it under its own retries. */
    Reply take(Frame request, long nowNanos) {
        calls++;
        long sentAt = InboundRequest.sentAt(request.bytes(), request.bodyFrom(), request.bodyTo());
        if (sentAt >= 0) {
            travelled.record(nowNanos - sentAt);
        }
        if (mac != null && verifyEvery > 0 && calls % verifyEvery == 0 && !signed(request, mac)) {
            badSignatures++;
        }
        if (refusedShare > 0 && random.nextDouble() < refusedShare) {
            refusals++;
            return refused;
        }
        if (add(deliveries, request, DELIVERY)) {
            lastNewAt = nowNanos;
        } else {
            repeats++;
        }
        add(messages, request, MESSAGE);
        return taken;
    }

    /** Gives the times from a message's sending to its arrival here, since the last time that they were asked for. */
    Latencies travelled() {
        Latencies since = travelled;
        travelled = new Latencies();
        return since;
    }

    Count count() {
        return new Count(
                new String(path, StandardCharsets.US_ASCII),
                calls,
                deliveries.size(),
                messages.size(),
                repeats,
                refusals,
                badSignatures,
                lastNewAt);
    }

    /** How many of these messages never came, or were refused each time. */
    long missing(Hashes acknowledged) {
        return acknowledged.missingFrom(messages);
    }

    /** An absent id counts as one more repeat of the empty id, so that it is seen. */
    private static boolean add(Hashes ids, Frame request, byte[] header) {
        int at = request.header(header);
        return ids.add(at < 0 ? 1 : Hashes.of(request.bytes(), request.valueFrom(at), request.valueTo(at)));
    }

    private boolean signed(Frame request, Mac key) {
        int header = request.header(SIGNATURE);
        if (header < 0 || request.valueTo(header) - request.valueFrom(header) != SCHEME.length + 2 * MAC_BYTES) {
            return false;
        }
        int at = request.valueFrom(header);
        for (byte expected : SCHEME) {
            if (request.bytes()[at++] != expected) {
                return false;
            }
        }
        try {
            key.update(request.bytes(), request.bodyFrom(), request.bodyTo() - request.bodyFrom());
            key.doFinal(computed, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signature of a body could not be computed", e);
        }
        for (byte expected : computed) {
            if (request.bytes()[at++] != hex(expected >> 4) || request.bytes()[at++] != hex(expected)) {
                return false;
            }
        }
        return true;
    }

    private static int hex(int nibble) {
        return "0123456789abcdef".charAt(nibble & 15);
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256 and takes any key", e);
        }
    }

    /**
     * What one path has seen. Deliveries and messages are distinct and were answered 200; a repeat is a call for a
     * delivery that was answered 200 before; {@code lastNewAt} is the {@link System#nanoTime} of the last first one.
     */
    record Count(
            String path,
            long calls,
            long deliveries,
            long messages,
            long repeats,
            long refused,
            long badSignatures,
            long lastNewAt) {
        @Override
        public String toString() {
            return "%-12s calls %d, deliveries %d, messages %d, repeats %d, refused %d, bad signatures %d"
                    .formatted(path, calls, deliveries, messages, repeats, refused, badSignatures);
        }
    }
}
