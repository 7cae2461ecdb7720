package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The delays between attempts. */
class RedeliveryPolicyTest {

    private static Duration after(int failures, Duration initial, Duration longest) {
        return new RedeliveryPolicy(1_000, initial, 1, longest, 0, Duration.ofSeconds(8))
                .delayAfter(failures, new Random(1));
    }

    @Test
    void aPolicyWithoutDelaysIsAsQuickAsItSaysAtFirstAndThenTriesOnceASecond() {
        assertThat(after(1, Duration.ZERO, Duration.ZERO)).isZero();
        assertThat(after(19, Duration.ofMillis(50), Duration.ofHours(1))).isEqualTo(Duration.ofMillis(50));
        assertThat(after(20, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(after(999, Duration.ofMillis(50), Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(after(999, Duration.ofSeconds(5), Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(5));
    }
}
