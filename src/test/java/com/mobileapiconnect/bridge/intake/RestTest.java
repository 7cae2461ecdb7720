package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pauses between the steps of backlogs. */
class RestTest {

    private static final long STEP = Duration.ofMillis(10).toNanos();
    private static final long NOW = 1_000_000_000_000L;

    private final Rest rest = new Rest();

    @Test
    void nobodyIsLeftAnythingWhileNoPhoneComes() {
        assertThat(rest.after(STEP, System.nanoTime())).isZero();
    }

    private void phone() {
        rest.phoneComes();
        rest.phoneGoes(NOW);
    }

    @Test
    void aPhoneThatWaitsLongIsNotForgotten() {
        phone();
        rest.phoneComes();
        assertThat(rest.after(STEP, NOW + 10 * Rest.AFTER_PHONE_NANOS)).isEqualTo(3 * STEP);
    }

    @Test
    void phonesHaveTheStoreForThreeTimesAsLongAsAStep() {
        phone();
        assertThat(rest.after(STEP, NOW)).isEqualTo(3 * STEP);
        assertThat(rest.after(STEP, NOW + Rest.AFTER_PHONE_NANOS - 1)).isEqualTo(3 * STEP);
    }

    @Test
    void aSecondAfterTheLastPhoneItGoesOnAtOnce() {
        phone();
        assertThat(rest.after(STEP, NOW + Rest.AFTER_PHONE_NANOS)).isZero();
    }

    @Test
    void aStepThatTookVeryLongIsFollowedByNoLongPause() {
        phone();
        assertThat(rest.after(100 * STEP, NOW)).isEqualTo(20 * STEP);
    }
}
