package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {

    @ParameterizedTest(name = "\"{0}\" begins with \"{1}\"")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "balance|balance",
                "  Balance please|Balance",
                "Balance, please|Balance",
                "balance,please|balance",
                "stop/end|stop",
                "“Balance!” she wrote|Balance",
                "<YES> to all|YES",
                "- balance|balance",
                "...|''",
                "''|''",
                " \t|''",
                "\u2028\u0085balance|balance",
                "check-in now|checkin",
                "don't|dont",
                "don’t|dont",
                "well - known|well",
                "well--known|well",
                "well—known|well",
                "balance-|balance",
                "500.|500",
                "₹500 paid|₹500",
                "👍 fine|👍",
                "👍🏽|👍🏽",
                "❤\ufe0f you|❤",
                "👨\u200d👩\u200d👧 hi|👨👩👧",
                "\u00a0\u3000balance\u00a0now|balance",
                "\ufeffbalance|balance",
                "\u200f\u202bرصيد\u202c من فضلك|رصيد",
                "رصيد؟|رصيد",
                "מאזן, בבקשה|מאזן",
                "余额查询|余额查询",
                "余额，谢谢|余额",
                "ยอดเงิน|ยอดเงิน",
                "बैलेंस।|बैलेंस",
                "cafe\u0301 noir|café",
                "bal\u00adance|balance",
                "line\u0085break|line",
            })
    void theFirstWordStandsWithoutItsPunctuation(String text, String word) {
        assertThat(Keyword.of(text)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance", "Balance!", " 余额。", "check-in", "👍", "¿saldo?"})
    void oneWordIsOneWordWhateverPunctuationIsAroundIt(String text) {
        assertThat(Keyword.isOneWord(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!?", "account balance", "stop/end", "a,b"})
    void noWordAndTwoWordsAreNotOneWord(String text) {
        assertThat(Keyword.isOneWord(text)).isFalse();
    }
}
