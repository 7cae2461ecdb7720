package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a character as people see it ends, by Unicode's own test cases, and alike on every Java. */
class GraphemesTest {

    private static final String FAMILY = "👨\u200d👩\u200d👧\u200d👦";

    private static List<String> unicodesCases() throws IOException {
        try (InputStream file = GraphemesTest.class.getResourceAsStream("GraphemeBreakTest.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> charactersOf(String text) {
        List<String> characters = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int next = Graphemes.next(text, at);
            characters.add(text.substring(at, next));
            at = next;
        }
        return characters;
    }

    private static String decoded(String codePoints) {
        return Arrays.stream(codePoints.strip().split(" [×÷]? ?"))
                .map(hex -> Character.toString(Integer.parseInt(hex, 16)))
                .collect(Collectors.joining());
    }

    @Test
    void allOfUnicodesTestCasesHold() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> cases = unicodesCases();
        for (String line : cases) {
            List<String> expected = Arrays.stream(line.split("÷"))
                    .filter(part -> !part.isBlank())
                    .map(GraphemesTest::decoded)
                    .toList();
            if (!charactersOf(String.join("", expected)).equals(expected)) {
                wrong.add(line);
            }
        }
        assertThat(cases).hasSizeGreaterThan(700);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest(name = "{1} is one character")
    @CsvSource({
        "a letter, a",
        "an accent beside its letter, e\u0301",
        "two accents, o\u0302\u0323",
        "an emoji, 😀",
        "a thumb with a skin tone, 👍🏽",
        "a family, 👨\u200d👩\u200d👧\u200d👦",
        "a woman at work, 👩🏾\u200d💻",
        "a red heart, ❤\ufe0f",
        "a heart on fire, ❤\ufe0f\u200d🔥",
        "a keycap, 1\ufe0f\u20e3",
        "the flag of India, 🇮🇳",
        "the flag of Scotland, 🏴\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
        "a rainbow flag, 🏳\ufe0f\u200d🌈",
        "a pirate flag, 🏴\u200d☠\ufe0f",
        "a Hindi syllable, क्षि",
        "another one, नी",
        "a Tamil syllable, நி",
        "a Thai letter with its tone, ที่",
        "a Korean syllable, 한",
        "the same of three letters, \u1112\u1161\u11ab",
        "an Arabic letter with a vowel, بَ",
        "a Hebrew letter with a point, שׁ",
        "a dark person with red hair, 🧑🏿\u200d🦰",
        "an emoji of Unicode 15.1, 🙂\u200d↔\ufe0f",
        "a phoenix, 🐦\u200d🔥",
    })
    void whatPeopleSeeAsOneIsNeverCut(String what, String character) {
        assertThat(charactersOf(character + character + "x" + character))
                .containsExactly(character, character, "x", character);
        String text = "Hi " + character + character;
        for (int most = 0; most <= text.length(); most++) {
            assertThat(Graphemes.cut(text, most).substring(Math.min(most, 3)))
                    .as("of at most %d", most)
                    .isIn("", character, character + character);
        }
    }

    @ParameterizedTest(name = "{0}, {1} → {2}")
    @CsvSource({
        "abc, 3, abc",
        "abc, 2, ab",
        "abc, 0, ''",
        "'', 5, ''",
        "a😀, 2, a",
        "a😀, 3, a😀",
        "🇮🇳🇩🇪🇫🇷, 4, 🇮🇳",
        "🇮🇳🇩🇪🇫🇷, 7, 🇮🇳",
        "🇮🇳🇩🇪🇫🇷, 8, 🇮🇳🇩🇪",
        "'ok\r\nno', 3, ok",
        "'ok\r\nno', 4, 'ok\r\n'",
        "cafe\u0301!, 4, caf",
        "cafe\u0301!, 5, cafe\u0301",
        // of a single character that is longer, as many code points as fit
        "👨\u200d👩\u200d👧\u200d👦, 4, 👨\u200d",
        "e\u0301\u0301\u0301, 2, e\u0301",
        "😀, 1, ''",
    })
    void aTextIsCutBetweenTwoCharacters(String text, int most, String left) {
        assertThat(Graphemes.cut(text, most)).isEqualTo(left);
    }

    @Property(tries = 2_000)
    void theLastPlaceBeforeAnIndexIsTheOneThatReadingFromTheBeginningFinds(
            @ForAll("texts") String text, @ForAll int anywhere) {
        int index = Math.floorMod(anywhere, text.length() + 1);
        int last = 0;
        for (int at = 0; at < text.length(); ) {
            at = Graphemes.next(text, at);
            last = at <= index ? at : last;
        }
        assertThat(Graphemes.floor(text, index)).isEqualTo(last);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", " ", "\r", "\n", "\u0301", "🇮", "🇳", "👍", "🏽", "\u200d", "❤", "\ufe0f", "क", "्", "ष",
                        "한", "\u1112", "\u1161", "\u0600", "\ud83d", FAMILY)
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Test
    void aLetterWithAMillionAccentsTakesNoLongerThanItsLength() {
        String endless = "a" + "\u0301".repeat(1_000_000);

        assertThat(Graphemes.cut(endless, 999_999)).hasSize(999_999);
        assertThat(Graphemes.cut("ok " + endless, 999_999)).isEqualTo("ok ");
    }
}
