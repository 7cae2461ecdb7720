package com.mobileapiconnect.bridge.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often something that lasts is told. */
class NowAndThenTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final NowAndThen sometimes = new NowAndThen(now::get);

    @Test
    void whatLastsIsToldAtFirstAndThenOnceAMinute() {
        int told = 0;
        for (int i = 0; i < 1_200; i++) { // ten minutes of twice a second
            told += sometimes.tell() ? 1 : 0;
            now.addAndGet(NowAndThen.EVERY_NANOS / 120);
        }
        assertThat(told).isEqualTo(10);
    }

    @Test
    void whatIsOverIsToldAtOnceWhenItComesAgain() {
        assertThat(sometimes.over()).isFalse();
        assertThat(sometimes.tell()).isTrue();
        assertThat(sometimes.tell()).isFalse();
        assertThat(sometimes.over()).isTrue();
        assertThat(sometimes.over()).isFalse();
        assertThat(sometimes.tell()).isTrue();
    }
}
