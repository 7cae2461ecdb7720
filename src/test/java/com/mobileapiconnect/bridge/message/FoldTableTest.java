package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folding by the table is the same as folding the whole text, only faster. */
class FoldTableTest {

    private static final FoldTable CASE = new FoldTable(text -> Folding.foldUnicode(Folding.nfc(text)));
    private static final FoldTable PLAIN = new FoldTable(Folding::foldUnicodeWithoutAccents);

    private static void assertSame(String text) {
        String cased = CASE.fold(text);
        if (cased != null) {
            assertThat(cased).as(escaped(text)).isEqualTo(Folding.foldUnicode(Folding.nfc(text)));
        }
        String plain = PLAIN.fold(text);
        if (plain != null) {
            assertThat(plain).as(escaped(text)).isEqualTo(Folding.foldUnicodeWithoutAccents(text));
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append("\\u%04x".formatted(c)));
        return out.toString();
    }

    @Test
    void everyCharacterBetweenAnyOthersIsFoldedAsInTheWholeText() {
        List<String> around =
                List.of("a", "И", "é", "क", "\u0e38", "가", "\u0301", "\u094d", "\ud83d\ude00", "ß", "Σ", "i");
        Random random = new Random(1);
        for (int c = 1; c < Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate((char) c)) {
                String before = around.get(random.nextInt(around.size()));
                String after = around.get(random.nextInt(around.size()));
                assertSame(before + (char) c + after);
            }
        }
    }

    @Test
    void textsOfCharactersThatAreNeighboursInUnicodeAreFoldedAsAWhole() {
        Random random = new Random(2);
        for (int run = 0; run < 20_000; run++) {
            int first = random.nextInt(0x1fb00);
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                int c = random.nextInt(4) == 0 ? 0x300 + random.nextInt(0x70) : first + random.nextInt(300);
                text.appendCodePoint(Math.min(c, Character.MAX_CODE_POINT));
            }
            assertSame(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ваш баланс: 1 250,40 ₽. Спасибо!",
                "Ёлка и йод",
                "Το υπόλοιπό σας είναι 12 €",
                "आपका बैलेंस ₹1,250 है",
                "ยอดเงินของคุณ",
                "您的余额为 1,250 元",
                "残高は1,250円です",
                "잔액은 1,250원입니다",
                "رصيدك هو ١٢٥٠",
                "היתרה שלך היא",
                "Zůstatek je 1 250 Kč",
                "Số dư của bạn là 1.250",
                "Bakiyeniz 1.250 ₺",
                "Balance 😀🇮🇳 ok",
                "Thanks ❤\ufe0f bye é",
                "“Quotes” – and… dashes",
                "Ångström",
                "ქართული ტექსტი",
                "Հայերեն տեքստ",
                "ᏣᎳᎩ"
            })
    void usualTextsNeedNoMoreThanTheTable(String text) {
        assertThat(CASE.fold(text)).isEqualTo(Folding.foldUnicode(Folding.nfc(text)));
        assertThat(PLAIN.fold(text)).isEqualTo(Folding.foldUnicodeWithoutAccents(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'e\u0301'",
        "'Straße'",
        "'ﬁn'",
        "'\u1100\u1161'",
        "'i\u0307'",
        "'\u0958'",
        "'\ud834\udd5e'",
        "'\ud801\udc00'",
        "'\ud83d'"
    })
    void whatUnitesOrGrowsIsLeftToTheWhole(String text) {
        assertThat(CASE.fold(text)).isNull();
    }

    @Test
    void marksWithoutEndAreLeftToTheWhole() {
        assertThat(CASE.fold("\u0430" + "\u093e".repeat(30))).isNotNull();
        assertThat(CASE.fold("\u0430" + "\u093e".repeat(31))).isNull();
    }
}
