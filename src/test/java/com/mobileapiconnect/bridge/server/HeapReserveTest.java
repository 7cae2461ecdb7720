package com.mobileapiconnect.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the heap keeps in reserve, by what there is to do. */
class HeapReserveTest {

    private static final List<String> LITTLE = List.of("MinHeapFreeRatio=20", "MaxHeapFreeRatio=40");
    private static final List<String> MUCH = List.of("MaxHeapFreeRatio=75", "MinHeapFreeRatio=70");

    private static final Set<String> PERIOD = Set.of("G1PeriodicGCInterval");

    private final List<String> set = new ArrayList<>();
    private long collections;
    private int shrunk;

    private HeapReserve reserve(Set<String> given) {
        return new HeapReserve(
                new HeapReserve.Flags() {
                    @Override
                    public boolean free(String name) {
                        return !given.contains(name);
                    }

                    @Override
                    public void set(String name, String value) {
                        set.add(name + "=" + value);
                    }
                },
                () -> collections,
                () -> {
                    collections++;
                    shrunk++;
                });
    }

    private void look(HeapReserve reserve, int times, int collectionsEach) {
        for (int i = 0; i < times; i++) {
            collections += collectionsEach;
            reserve.look();
        }
    }

    @Test
    void isLargeDuringTheStartAndSmallOnceThereIsLittleToDo() {
        HeapReserve reserve = reserve(PERIOD);
        assertThat(set).isEqualTo(MUCH);
        set.clear();
        look(reserve, 1, 40); // of the start
        assertThat(set).isEmpty();
        look(reserve, 1, 1);
        assertThat(set).isEqualTo(LITTLE);
        look(reserve, 10, 1);
        assertThat(set).isEqualTo(LITTLE);
    }

    @Test
    void isLargeAgainWhileThereIsMuchToDo() {
        HeapReserve reserve = reserve(PERIOD);
        look(reserve, 3, 1);
        set.clear();
        look(reserve, 3, 2);
        assertThat(set).isEqualTo(MUCH);
    }

    @Test
    void staysLargeIfThereIsMuchToDoFromTheStart() {
        HeapReserve reserve = reserve(PERIOD);
        set.clear();
        look(reserve, 20, 9);
        look(reserve, 3, 1);
        assertThat(set).isEmpty();
        assertThat(shrunk).isZero();
    }

    @Test
    void isSmallAgainAfterAMinuteWithLittleToDo() {
        HeapReserve reserve = reserve(PERIOD);
        look(reserve, 3, 9);
        set.clear();
        look(reserve, 5, 0);
        look(reserve, 1, 9); // and much once more
        look(reserve, 5, 0);
        assertThat(set).isEmpty();
        look(reserve, 1, 0);
        assertThat(set).isEqualTo(LITTLE);
    }

    @Test
    void theHeapIsCollectedOnceAfterTheStartAndOnceAfterMuchWasDone() {
        HeapReserve reserve = reserve(PERIOD);
        look(reserve, 1, 40);
        assertThat(shrunk).isZero();
        look(reserve, 20, 1);
        assertThat(shrunk).isEqualTo(1);
        look(reserve, 20, 9);
        look(reserve, 5, 0);
        assertThat(shrunk).isEqualTo(1);
        look(reserve, 20, 0);
        assertThat(shrunk).isEqualTo(2);
    }

    @Test
    void isTheOperatorsIfTheySetIt() {
        look(reserve(Set.of("MinHeapFreeRatio")), 20, 9);
        look(reserve(Set.of("MaxHeapFreeRatio")), 20, 9);
        assertThat(set).containsOnly("G1PeriodicGCInterval=60000");
        assertThat(shrunk).isZero();
    }
}
