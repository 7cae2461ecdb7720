package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

    @ParameterizedTest(name = "{1} × {0} → {2} {3}")
    @CsvSource({
        "x, 0, GSM-7, 1",
        "x, 160, GSM-7, 1",
        "x, 161, GSM-7, 2",
        "x, 306, GSM-7, 2",
        "x, 307, GSM-7, 3",
        "€, 80, GSM-7, 1",
        "€, 81, GSM-7, 2",
        "€, 152, GSM-7, 2", // 76 to a segment, as none is torn apart: the last unit of each stays empty
        "€, 153, GSM-7, 3",
        "ü, 160, GSM-7, 1",
        "ç, 70, UCS-2, 1",
        "ç, 71, UCS-2, 2",
        "ç, 134, UCS-2, 2",
        "ç, 135, UCS-2, 3",
        "😀, 35, UCS-2, 1",
        "😀, 36, UCS-2, 2",
        "😀, 66, UCS-2, 2",
        "😀, 67, UCS-2, 3",
    })
    void segmentsAreCountedAsANetworkCountsThem(String character, int times, String encoding, int count) {
        assertThat(Segments.of(character.repeat(times))).isEqualTo(new Segments(encoding, count));
    }

    @ParameterizedTest(name = "{0} × {1} in {2} → {3}")
    @CsvSource({
        "x, 160, 1, 160",
        "x, 161, 1, 160",
        "x, 2000, 3, 459",
        "€, 100, 1, 80",
        "ç, 300, 3, 201",
        "😀, 300, 3, 99",
        "e\u0301, 100, 1, 35",
        "🇮🇳, 100, 1, 17", // 68 of 70
        "👨\u200d👩\u200d👧\u200d👦, 20, 2, 12", // 11 units each: 132 of 134
        "👍🏽, 100, 1, 17",
        "क्षि, 100, 1, 17",
    })
    void whatIsTooLongIsCutAtTheEndOfACharacter(String character, int times, int segments, int left) {
        assertThat(Segments.cut(character.repeat(times), segments)).isEqualTo(character.repeat(left));
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Segments.cut("", 1)).isEmpty();
        assertThat(Segments.cut("x".repeat(306), 2)).hasSize(306);
    }
}
