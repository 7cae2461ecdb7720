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
    void itKnowsWhoHasHowManyAndWhoHasAllThatItMayHave() {
        shares.take("a");
        assertThat(shares.isUsedUpBy("a")).isFalse();
        shares.take("a");
        shares.take(null);
        assertThat(shares.takenBy("a")).isEqualTo(2);
        assertThat(shares.isUsedUpBy("a")).isTrue();
        assertThat(shares.takenBy("b")).isZero();
        assertThat(shares.isUsedUpBy("b")).as("although there is none left").isFalse();
        assertThat(shares.takenBy(null)).isZero();
        assertThat(shares.isUsedUpBy(null)).isFalse();
    }
}
