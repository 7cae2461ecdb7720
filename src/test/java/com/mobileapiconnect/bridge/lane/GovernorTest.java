package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a lane answers to what its receiver says. */
class GovernorTest {

    private static final int CONCURRENCY = 8;

    private final Governor governor = new Governor();

    @Test
    void aBusyReceiverHalvesTheLaneDownToOneAndEachSuccessAddsOne() {
        for (int expected : new int[] {4, 2, 1, 1}) {
            governor.failure(true, CONCURRENCY, 503, null, 0);
            assertThat(governor.limit(CONCURRENCY)).isEqualTo(expected);
        }
        for (int expected : new int[] {2, 3, 4, 5, 6, 7, 8, 8}) {
            governor.success(CONCURRENCY);
            assertThat(governor.limit(CONCURRENCY)).isEqualTo(expected);
        }
    }

    @Test
    void otherFailuresLeaveTheConcurrencyAlone() {
        governor.failure(true, CONCURRENCY, 500, Duration.ofHours(1), 0);
        governor.failure(true, CONCURRENCY, null, null, 0);
        assertThat(governor.limit(CONCURRENCY)).isEqualTo(CONCURRENCY);
        assertThat(governor.heldFor(0, false)).isZero();
    }

    @Test
    void withRetryAfterTheLaneWaitsUntilThenAndNeverShorter() {
        governor.failure(true, CONCURRENCY, 429, Duration.ofSeconds(30), 0);
        governor.failure(true, CONCURRENCY, 429, Duration.ofSeconds(10), 0);
        assertThat(governor.heldFor(seconds(1), true)).isEqualTo(seconds(29));
        assertThat(governor.heldFor(seconds(30), false)).isZero();
    }

    @Test
    void tenFailuresOpenTheBreakerAndProbesDoubleFromFiveSecondsToSixty() {
        fail(9, 0);
        assertThat(governor.breaker()).isEqualTo(Governor.Breaker.CLOSED);
        fail(1, 0);
        long now = 0;
        for (long delay : new long[] {5, 10, 20, 40, 60, 60}) {
            assertThat(governor.heldFor(now, false)).isEqualTo(seconds(delay));
            now += seconds(delay);
            assertThat(governor.heldFor(now, false)).isZero();
            governor.started(now);
            assertThat(governor.heldFor(now, false)).isEqualTo(Governor.UNTIL_TOLD);
            fail(1, now);
        }
        governor.started(now + seconds(60));
        governor.success(CONCURRENCY);
        assertThat(governor.heldFor(now, false)).isZero();
        assertThat(governor.breaker()).isEqualTo(Governor.Breaker.CLOSED);
    }

    @Test
    void anOpenBreakerDoesNotHoldASingleDeliveryBack() {
        fail(10, 0);
        assertThat(governor.heldFor(0, true)).isZero();
        assertThat(governor.heldFor(0, false)).isPositive();
    }

    @Test
    void aProbeThatToldNothingIsMadeAgainAtOnce() {
        fail(10, 0);
        governor.started(seconds(5));
        governor.nothingLearnt(seconds(6));
        assertThat(governor.heldFor(seconds(6), false)).isZero();
    }

    @Test
    void aCallThatBeganBeforeTheProbeDoesNotEndIt() {
        fail(10, 0);
        assertThat(governor.started(seconds(4))).isFalse();
        assertThat(governor.started(seconds(5))).isTrue();
        governor.failure(false, CONCURRENCY, null, null, seconds(6));
        assertThat(governor.heldFor(seconds(6), false)).isEqualTo(Governor.UNTIL_TOLD);
        governor.failure(true, CONCURRENCY, null, null, seconds(7));
        assertThat(governor.heldFor(seconds(7), false)).isEqualTo(seconds(10));
    }

    @Test
    void aSuccessInBetweenKeepsTheBreakerClosed() {
        fail(9, 0);
        governor.success(CONCURRENCY);
        fail(9, 0);
        assertThat(governor.breaker()).isEqualTo(Governor.Breaker.CLOSED);
    }

    private void fail(int times, long now) {
        for (int i = 0; i < times; i++) {
            governor.failure(true, CONCURRENCY, null, null, now);
        }
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
