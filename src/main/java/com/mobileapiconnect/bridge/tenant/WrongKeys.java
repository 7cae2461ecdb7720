package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Refuses wrong keys and wrong signatures: counts them, names their addresses in one log line a minute, and slows an
 * address down that brings many. A slowed address gets 429 and loses its connection, so each further try costs it a new
 * one. Right keys are never slowed: thousands of phones may share an address with whoever guesses, behind one NAT, one
 * provider or one proxy, and a generated key of 256 random bits is found at no speed.
 *
 * <p>Memory is a fixed table, whatever the number of addresses: one number for each slot, the moment at which its
 * allowance is full again. Addresses that share a slot share its allowance, and only for their wrong keys.
 */
@Component
@EnableConfigurationProperties(AccessSettings.class)
class WrongKeys implements SchedulingConfigurer {

    /** The thing that was wrong. */
    enum What {
        KEY("key"),
        SIGNATURE("signature"),
        /** A key that was right once: no guess, so it is never slowed. */
        EXPIRED("expired");

        private final String tag;

        What(String tag) {
            this.tag = tag;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(WrongKeys.class);
    private static final int SLOTS = 1 << 13;
    private static final int NAMED_AT_MOST = 10;
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final long ALLOWANCE_NANOS = EVERY.toNanos();

    private final long costNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private final MeterRegistry metrics;
    /** Chosen at each start, so that nobody can aim at another address's slot. */
    private final int seed = new SecureRandom().nextInt();

    private final AtomicLongArray fullAt = new AtomicLongArray(SLOTS);
    /** The addresses of this minute with their numbers; guarded by itself. */
    private final Map<String, Integer> minute = new LinkedHashMap<>();

    private int ofOthers; // guarded by minute

    @Autowired
    WrongKeys(AccessSettings settings, MeterRegistry metrics) {
        this(settings.wrongKeysPerMinute(), System::nanoTime, metrics);
    }

    WrongKeys(int perMinute, LongSupplier nanoTime, MeterRegistry metrics) {
        this.costNanos = perMinute > 0 ? ALLOWANCE_NANOS / perMinute : 0;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.metrics = metrics;
        for (What what : What.values()) {
            counter(what, false);
        }
        counter(What.KEY, true);
        counter(What.SIGNATURE, true);
    }

    private Counter counter(What what, boolean slowed) {
        return Counter.builder("bridge.keys.wrong")
                .description("Wrong keys and signatures, and keys that have expired")
                .tag("what", what.tag)
                .tag("result", slowed ? "slowed" : "refused")
                .register(metrics);
    }

    /** Returns the answer to a wrong key or signature from this address: 401, or 429 beyond its allowance. */
    Problem refuse(What what, String address, String detail) {
        long waitNanos = take(slot(address));
        counter(what, waitNanos > 0).increment();
        note(address);
        return waitNanos == 0
                ? Problem.unauthorized(detail)
                : Problem.tooManyWrongKeys(TimeUnit.NANOSECONDS.toSeconds(waitNanos - 1) + 1);
    }

    /** Returns the answer to a key that has expired: 401, which says so, and never 429. */
    Problem expired(String address, String keyId, Instant since) {
        counter(What.EXPIRED, false).increment();
        note(address + " (" + keyId + ", which has expired)");
        return Problem.unauthorized("This API key, " + keyId + ", expired at " + since
                + ". Whoever manages the keys can" + " give it more time or make another one.");
    }

    private int slot(String address) {
        int mixed = (network(address).hashCode() ^ seed) * 0x9E3779B9;
        return mixed >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    }

    /** Returns the part of an address that one caller has for itself: of IPv6 the first 64 bits. */
    private static String network(String address) {
        int end = 0;
        for (int groups = 0; groups < 4 && end >= 0; groups++) {
            end = address.indexOf(':', end) + 1;
            if (end == 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }

    /** Takes one from the allowance; returns 0, or how long until there is one again. */
    private long take(int slot) {
        long now = nanoTime.getAsLong() - start;
        while (true) {
            long at = fullAt.get(slot);
            long next = Math.max(at, now) + costNanos;
            if (next - now > ALLOWANCE_NANOS) {
                return next - now - ALLOWANCE_NANOS;
            }
            if (fullAt.compareAndSet(slot, at, next)) {
                return 0;
            }
        }
    }

    private void note(String address) {
        synchronized (minute) {
            if (minute.size() < NAMED_AT_MOST || minute.containsKey(address)) {
                minute.merge(address, 1, Integer::sum);
            } else {
                ofOthers++;
            }
        }
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::report, EVERY, EVERY));
    }

    /** Writes the line of this minute, if there is anything to say. */
    void report() {
        Map<String, Integer> addresses;
        int others;
        synchronized (minute) {
            addresses = new LinkedHashMap<>(minute);
            others = ofOthers;
            minute.clear();
            ofOthers = 0;
        }
        if (!addresses.isEmpty()) {
            String named = addresses.entrySet().stream()
                    .map(each -> each.getValue() + " from " + each.getKey())
                    .collect(Collectors.joining(", "));
            LOG.warn("Wrong keys in the last minute: {}{}", named, others == 0 ? "" : ", " + others + " from others");
        }
    }
}
