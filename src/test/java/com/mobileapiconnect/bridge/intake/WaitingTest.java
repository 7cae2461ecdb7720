package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a phone is told when too many messages of its tenant wait for their deliveries. */
class WaitingTest {

    private static final int MOST = 5_000;

    private final Waiting waiting = new Waiting(0, 0);
    private long now;

    private void take(double seconds, int messages) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        waiting.done(messages, now);
    }

    private long told() {
        return waiting.secondsUntilFewerThan(MOST);
    }

    @Test
    void thereIsRoomWhileFewerWait() {
        waiting.more(MOST - 1);
        assertThat(told()).isZero();
        waiting.more(1);
        assertThat(told()).isPositive();
    }

    @Test
    void theTimeIsThatOfTheMessagesThatAreTooMany() {
        waiting.more(MOST + 599);
        take(1, 100);
        assertThat(told()).isEqualTo(6); // 500 at 100 a second, and not too soon
        take(1, 100);
        assertThat(told()).isEqualTo(5);
        take(4, 400);
        assertThat(told()).isZero();
    }

    @Test
    void itIsASecondAtLeastAndTenAtMost() {
        waiting.more(MOST + 200);
        take(0.001, 100);
        assertThat(told()).isEqualTo(1);
        take(1_000, 1);
        assertThat(told()).isEqualTo(10);
    }

    @Test
    void beforeTheFirstMessageIsDoneNobodyKnows() {
        waiting.more(MOST);
        assertThat(told()).isEqualTo(5);
        take(3, 0);
        assertThat(told()).isEqualTo(5);
    }

    @Test
    void aPaceOfLongAgoIsForgotten() {
        waiting.more(20_000);
        take(1_000, 1_000);
        for (int i = 0; i < 10; i++) {
            take(1, 1_000);
        }
        assertThat(told()).isBetween(4L, 10L); // 4,001 are too many: a second for a thousand, not for one
    }
}
