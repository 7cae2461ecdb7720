package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockLeapTest {

    private final SettableClock wall = new SettableClock(Instant.parse("2026-06-12T14:32:00Z"));
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // may be any, and overflow
    private final ClockLeap leap = new ClockLeap(wall, nanos::get);

    private void passes(Duration time) {
        wall.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void timeThatPassesIsNone() {
        passes(Duration.ofDays(100));
        assertThat(leap.isRecent()).isFalse();
    }

    @Test
    void aClockThatIsSetFarAheadIsOneForADay() {
        wall.advance(Duration.ofDays(365));
        assertThat(leap.isRecent()).isTrue();
        passes(Duration.ofHours(23));
        assertThat(leap.isRecent()).isTrue();
        passes(Duration.ofHours(2));
        assertThat(leap.isRecent()).isFalse();
    }

    @Test
    void aClockThatIsSetRightIsNoneAnyMore() {
        wall.advance(Duration.ofDays(365));
        assertThat(leap.isRecent()).isTrue();
        wall.advance(Duration.ofDays(-365));
        assertThat(leap.isRecent()).isFalse();
    }

    @Test
    void anHourIsNone() {
        wall.advance(Duration.ofHours(1));
        assertThat(leap.isRecent()).isFalse();
    }
}
