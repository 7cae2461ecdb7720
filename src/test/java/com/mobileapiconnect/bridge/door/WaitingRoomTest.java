package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom<String, Integer> room = new WaitingRoom<>(4, 2);

    @Test
    void whoIsOneTooManyOfItsOwnerHasTheLongestWaitingOfThatOwnerLeave() {
        assertThat(room.enter("a", 1)).isNull();
        assertThat(room.enter("b", 2)).isNull();
        assertThat(room.enter("a", 3)).isNull();
        assertThat(room.enter("a", 4)).isEqualTo(1);
        assertThat(room.count()).isEqualTo(3);
    }

    @Test
    void whenItIsFullTheOwnerWithTheMostGuestsGivesWay() {
        room.enter("a", 1);
        room.enter("b", 2);
        room.enter("b", 3);
        room.enter("c", 4);
        assertThat(room.enter("d", 5)).isEqualTo(2);
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void whoLeftIsNotAskedToLeave() {
        room.enter("a", 1);
        room.enter("a", 2);
        assertThat(room.leave("a", 1)).isTrue();
        assertThat(room.leave("a", 1)).isFalse();
        assertThat(room.enter("a", 3)).isNull();
        assertThat(room.enter("a", 4)).isEqualTo(2);
    }
}
