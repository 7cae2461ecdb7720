package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "Balance, bALANCE",
        "STRASSE, straße",
        "STRAẞE, strasse",
        "ẞ\u0301, SS\u0301",
        "BAKİYE, bakiye",
        "BAKIYE, bakıye",
        "i\u0307ptal, İPTAL",
        "ΟΔΟΣ, οδος",
        "ﬁn, FIN",
        "ŉ, ʼN",
        "Ж, ж",
        "ა, Ა",
        "K, \u212a",
        "é, E\u0301",
        "가, \u1100\u1161",
        "\u0390, \u03aa\u0301",
        "ᾳ, ΑΙ",
        "\u03b1\u0345\u0301, \u1fb4",
    })
    void spellingsThatDifferInCaseOrCompositionFoldToTheSame(String one, String other) {
        assertThat(Folding.fold(one)).isEqualTo(Folding.fold(other));
    }

    @ParameterizedTest(name = "{0} = {1} without accents")
    @CsvSource({
        "é, e",
        "E\u0301, e",
        "Ångström, angstrom",
        "FACTURACIÓN, facturacion",
        "Straße, STRASSE",
        "ΟΔΌΣ, οδος",
        "Ёлка, елка",
        "й, и",
        "Ǘ, u",
        "ệ, e",
        "ñ, n",
        "ç, c",
        "İ, i",
        "žluťoučký, zlutoucky",
        "ł, Ł"
    })
    void accentsCanBeLeftOut(String one, String other) {
        assertThat(Folding.foldWithoutAccents(one)).isEqualTo(Folding.foldWithoutAccents(other));
    }

    @ParameterizedTest
    @CsvSource({"कि, के", "が, か", "שָׁ, ש", "ก่, ก", "ł, l", "ø, o"})
    void marksThatAreLettersToThoseWhoWriteThemStay(String one, String other) {
        assertThat(Folding.foldWithoutAccents(one)).isNotEqualTo(Folding.foldWithoutAccents(other));
    }

    @ParameterizedTest(name = "{0} ≠ {1}")
    @CsvSource({"e, é", "ss, s", "o, ö", "ο, ό", "rn, m", "O, 0", "ｂ, b", "و, ۆ"})
    void spellingsThatDifferOtherwiseStayApart(String one, String other) {
        assertThat(Folding.fold(one)).isNotEqualTo(Folding.fold(other));
    }

    @ParameterizedTest(name = "{1} under {0}")
    @CsvSource({"tr, TITLE, title", "tr, TİTLÉ, titlé", "az, title, TITLE", "lt, J\u0307É, j\u0307é"})
    void theMachinesLocaleChangesNothing(String locale, String one, String other) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(Folding.fold(one)).isEqualTo(Folding.fold(other)).isEqualTo(other.toLowerCase(Locale.ROOT));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyCharacterFoldsLikeItsCasesItsDecompositionAndItsFold() {
        List<String> odd = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!Character.isDefined(c) || Character.getType(c) == Character.PRIVATE_USE) {
                continue; // nearly all there could be, and all alike
            }
            String text = Character.toString(c);
            String folded = Folding.fold(text);
            if (!folded.equals(Folding.fold(text.toUpperCase(Locale.ROOT)))
                    || !folded.equals(Folding.fold(text.toLowerCase(Locale.ROOT)))
                    || !folded.equals(Folding.fold(Character.toString(Character.toTitleCase(c))))
                    || !folded.equals(Folding.fold(Normalizer.normalize(text, Normalizer.Form.NFD)))
                    || !folded.equals(Folding.fold(folded))) {
                odd.add("U+" + Integer.toHexString(c));
            }
        }
        assertThat(odd).isEmpty();
    }
}
