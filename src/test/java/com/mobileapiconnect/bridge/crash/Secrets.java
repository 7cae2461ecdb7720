package com.mobileapiconnect.bridge.crash;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What each target's calls may be signed with. A secret that was asked for may be in force from then on, and is from
 * its acknowledgement on, which ends all before it but the one that a rotation's overlap keeps beside it.
 */
final class Secrets {

    private static final int MOST_KEPT_FAULTS = 10;
    /** More than are asked for within the slack. */
    private static final int MOST_KEPT = 100;

    /**
     * Between a call's looking up its secrets and its timestamp, which is in whole seconds; a busy machine may stop a thread
     * there. A kill leaves none: whatever calls afterwards has looked them up afterwards.
     */
    private static final long SLACK_MILLIS = 30_000;

    /**
     * @param beside       the one before, if calls must be signed with it as well
     * @param acknowledged when, in milliseconds; null while nobody said that it is in force, 0 before the last kill
     */
    private record Secret(
            String value, @Nullable String beside, @Nullable Long acknowledged) {

        boolean mustBe(long signedAt) {
            return acknowledged != null && signedAt > acknowledged + SLACK_MILLIS;
        }

        Secret killed() {
            return acknowledged == null ? this : new Secret(value, beside, 0L);
        }
    }

    private final Clock clock = Clock.systemUTC();
    private final Map<String, List<Secret>> ofTarget = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long verified;
    private long unverified;

    static String fresh() {
        byte[] random = new byte[32];
        ThreadLocalRandom.current().nextBytes(random);
        return "whsec_" + Base64.getEncoder().encodeToString(random);
    }

    /** About to be asked for; known only where it can be chosen. */
    synchronized void asked(String target, String secret) {
        of(target).add(new Secret(secret, null, null));
    }

    /** Somebody else's choice is about to be asked for: until it is told, the one before stays beside it. */
    synchronized void askedForAny(String target) {
        List<Secret> secrets = of(target);
        secrets.add(new Secret(secrets.get(secrets.size() - 1).value, null, null));
    }

    /** The last one asked for is in force. */
    synchronized void acknowledged(String target, String secret, boolean rotated) {
        List<Secret> secrets = of(target);
        String last = secrets.remove(secrets.size() - 1).value;
        while (secrets.size() >= MOST_KEPT) {
            secrets.remove(0);
        }
        secrets.add(new Secret(secret, rotated ? last : null, clock.millis()));
    }

    /** No call of before is under way any more: what was acknowledged is in force for all that follow. */
    synchronized void killed() {
        ofTarget.values().forEach(secrets -> secrets.replaceAll(Secret::killed));
    }

    /** A call has come; whether it is signed as it must be. */
    synchronized void verify(String target, String id, String timestamp, String signature, String body) {
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(timestamp),
                "webhook-signature", List.of(signature));
        if (isSigned(of(target), timestamp, headers, body)) {
            verified++;
        } else {
            unverified++;
            if (faults.size() < MOST_KEPT_FAULTS) {
                faults.add(id + " came to " + target + " under no secret in force: " + signature);
            }
        }
    }

    private static boolean isSigned(
            List<Secret> secrets, String timestamp, Map<String, List<String>> headers, String body) {
        if (timestamp.isEmpty()) {
            return false;
        }
        long signedAt = 1000 * Long.parseLong(timestamp);
        for (int i = secrets.size() - 1; i >= 0; i--) {
            Secret secret = secrets.get(i);
            boolean last = i == secrets.size() - 1;
            if (isSigned(secret.value, headers, body)) {
                // Both, while the overlap lasts, unless something later may have ended it.
                return secret.beside == null
                        || !last
                        || !secret.mustBe(signedAt)
                        || isSigned(secret.beside, headers, body);
            }
            if (secret.mustBe(signedAt)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSigned(String secret, Map<String, List<String>> headers, String body) {
        try {
            new Webhook(secret).verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private List<Secret> of(String target) {
        return ofTarget.computeIfAbsent(target, t -> new ArrayList<>());
    }

    record Totals(long verified, long unverified, List<String> faults) {}

    synchronized Totals totals() {
        return new Totals(verified, unverified, List.copyOf(faults));
    }
}
