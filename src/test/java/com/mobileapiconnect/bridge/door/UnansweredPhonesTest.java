package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnansweredPhonesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final UnansweredPhones phones = new UnansweredPhones(nanos::get);

    private void after(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aPhoneThatWasTurnedAwayIsRememberedForAWhile() {
        assertThat(phones.lately()).isFalse();
        phones.turnedAway();
        after(9);
        assertThat(phones.lately()).isTrue();
        after(2);
        assertThat(phones.lately()).isFalse();
    }

    @Test
    void theNextOneThatIsAnsweredIsGoodNews() {
        phones.turnedAway();
        phones.answered();
        assertThat(phones.lately()).isFalse();
    }

    @Test
    void phonesThatWaitLongForTheirTurnAreNotAnsweredEither() {
        Turns door = new Turns(1, Runnable::run, false, nanos::get);
        phones.comeInBy(door);
        assertThat(door.take()).isTrue();
        door.await(null, () -> {});
        after(4);
        assertThat(phones.lately()).isFalse();
        after(2);
        assertThat(phones.lately()).isTrue();
        door.giveBack();
        assertThat(phones.lately()).isFalse();
    }
}
