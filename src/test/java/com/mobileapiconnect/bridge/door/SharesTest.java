package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares<String> shares = new Shares<>(3, 2);

    @Test
    void noOwnerHasMoreThanItsShareAndThereIsAnEndInAll() {
        assertThat(shares.take("a")).isTrue();
        assertThat(shares.take("a")).isTrue();
        assertThat(shares.take("a")).isFalse();
        assertThat(shares.take("b")).isTrue();
        assertThat(shares.take("c")).isFalse();
        shares.giveBack("a");
        assertThat(shares.take("c")).isTrue();
        assertThat(shares.taken()).isEqualTo(3L);
    }

    @Test
    void whoHasNoShareToKeepToIsBoundByAllAlone() {
        assertThat(shares.take(null)).isTrue();
        assertThat(shares.take(null)).isTrue();
        assertThat(shares.take(null)).isTrue();
        assertThat(shares.take(null)).isFalse();
    }

    @Test
    void itKnowsWhoHasHowManyAndWhetherThereIsOneMore() {
        shares.take("a");
        shares.take("a");
        assertThat(shares.takenBy("a")).isEqualTo(2);
        assertThat(shares.takenBy("b")).isZero();
        assertThat(shares.takenBy(null)).isZero();
        assertThat(shares.isFull()).isFalse();
        shares.take(null);
        assertThat(shares.isFull()).isTrue();
    }
}
