package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.api.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An address has its allowance of wrong keys, which comes back with time; nothing grows with the number of addresses. */
class WrongKeysTest {

    private static final int PER_MINUTE = 60;

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final WrongKeys keys = new WrongKeys(PER_MINUTE, nanos::get, metrics);

    private Problem refuse(WrongKeys wrongKeys, String address) {
        return wrongKeys.refuse(WrongKeys.What.KEY, address, "Unknown API key.");
    }

    private int status(String address) {
        return refuse(keys, address).status().value();
    }

    private void useUp(String address) {
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(status(address)).isEqualTo(401);
        }
        assertThat(status(address)).isEqualTo(429);
    }

    @Test
    void anAddressIsSlowedBeyondItsAllowanceAndToldHowLong() {
        useUp("203.0.113.5");

        assertThat(refuse(keys, "203.0.113.5").headers()).containsEntry("Retry-After", "1");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(status("203.0.113.5")).isEqualTo(401);
        assertThat(status("203.0.113.5")).isEqualTo(429);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        useUp("203.0.113.5");
    }

    @Test
    void aWholeIpv6NetworkOfACallerIsOneAddress() {
        useUp("2001:db8:1:2:0:0:0:1");

        assertThat(status("2001:db8:1:2:aaaa:0:0:9")).isEqualTo(429);
    }

    @Test
    void otherAddressesKeepTheirAllowance() {
        useUp("203.0.113.5");

        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(status("198.51.100." + i));
        }
        assertThat(statuses).contains(401); // one of them may share the slot
    }

    @Test
    void zeroSlowsNobodyDown() {
        WrongKeys unbounded = new WrongKeys(0, nanos::get, metrics);
        for (int i = 0; i < 10 * PER_MINUTE; i++) {
            assertThat(refuse(unbounded, "203.0.113.5").status().value()).isEqualTo(401);
        }
    }

    @Test
    void theMetricTellsKeysFromSignaturesAndRefusedFromSlowed() {
        useUp("203.0.113.5");
        keys.refuse(WrongKeys.What.SIGNATURE, "198.51.100.7", "The signature is wrong.");

        assertThat(count("key", "refused")).isEqualTo(PER_MINUTE);
        assertThat(count("key", "slowed")).isEqualTo(1);
        assertThat(count("signature", "refused") + count("signature", "slowed")).isEqualTo(1);
    }

    private double count(String what, String result) {
        return metrics.get("bridge.keys.wrong")
                .tag("what", what)
                .tag("result", result)
                .counter()
                .count();
    }
}
