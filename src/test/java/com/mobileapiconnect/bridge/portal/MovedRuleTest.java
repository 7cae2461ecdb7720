package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule moves among those that are shown, which need not be all. */
class MovedRuleTest {

    @ParameterizedTest
    @CsvSource({
        "a b c, a b c, a, 1, b a c",
        "a b c, a b c, a, 2, b c a",
        "a b c, a b c, a, 9, b c a",
        "a b c, a b c, c, 0, c a b",
        "a b c, a b c, b, 1, a b c",
        "a x b y c, a b c, c, 1, a c x b y",
        "a x b y c, a b c, a, 1, x b a y c",
        "x a b, a b, b, 0, b x a",
        "a, a, a, 0, a"
    })
    void theOthersKeepTheirOrder(String all, String shown, String id, int to, String after) {
        RuleOrder moved = new RuleOrder(List.of(all.split(" ")), 3).moved(id, List.of(shown.split(" ")), to);

        assertThat(moved.rules()).containsExactly(after.split(" "));
    }
}
