package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrimmedTest {

    private static final String SCOTLAND = "🏴\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f";

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(
            strings = {
                "0009", "000A", "000B", "000C", "000D", "0020", "0000", "001B", "007F", "0085", "00A0", "00AD", "034F",
                "061C", "115F", "1160", "1680", "17B4", "180B", "180E", "2000", "2007", "2009", "200A", "200B", "200C",
                "200D", "200E", "200F", "2028", "2029", "202A", "202E", "202F", "205F", "2060", "2064", "2066", "2069",
                "206F", "2800", "3000", "3164", "FE00", "FE0F", "FEFF", "FFA0", "FFFB", "1D173", "E0001", "E0020",
                        "E007F",
                "E0100"
            })
    void whatIsNotSeenIsLeftOutAtBothEndsAndKeptWithin(String hex) {
        String unseen = Character.toString(Integer.parseInt(hex, 16));

        assertThat(Trimmed.of(unseen + unseen + "a" + unseen + "b" + unseen)).isEqualTo("a" + unseen + "b");
        assertThat(Trimmed.atStart(unseen + "a" + unseen)).isEqualTo("a" + unseen);
        assertThat(Trimmed.atEnd(unseen + "a" + unseen)).isEqualTo(unseen + "a");
        assertThat(Trimmed.of(unseen + unseen)).isEmpty();
        assertThat(Trimmed.fault("a" + unseen)).contains("white space");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "é",
                "e\u0301",
                "\u0301",
                ".",
                "!",
                "\"",
                "👍",
                "👍🏽",
                "👨\u200d👩\u200d👧",
                "🇮🇳",
                "رصيد",
                "余",
                "नी",
                "\u0600",
                "\u06dd",
                "\ufffd",
                "\ud83d",
                "ｓ",
                "¿",
                "_",
                "\u2010",
                "1\ufe0f\u20e3",
                SCOTLAND
            })
    void whatIsSeenStays(String seen) {
        assertThat(Trimmed.of(seen)).isSameAs(seen);
        assertThat(Trimmed.of(" \u200b" + seen + "\ufeff\n")).isEqualTo(seen);
        assertThat(Trimmed.fault(seen)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"❤\ufe0f, ❤", "'❤\ufe0f ok', '❤\ufe0f ok'", "👨\u200d, 👨"})
    void ofAnEmojiOnlyWhatShowsNothingByItselfIsLeftOutAtTheEnd(String text, String trimmed) {
        assertThat(Trimmed.of(text)).isEqualTo(trimmed);
    }

    @Test
    void tagsThatMakeAFlagStayAndOthersGo() {
        assertThat(Trimmed.of(SCOTLAND + " ")).isEqualTo(SCOTLAND);
        assertThat(Trimmed.of("STOP" + SCOTLAND.substring(2))).isEqualTo("STOP");
    }
}
