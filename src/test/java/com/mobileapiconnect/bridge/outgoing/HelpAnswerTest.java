package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks for help is understood as whoever says STOP is. */
class HelpAnswerTest {

    private static final HelpAnswer HELP =
            HelpAnswer.of("Call us", List.of("Ayúda", "Hilfe bitte", "मदद", "ΒΟΉΘΕΙΑ", "straße", "помощь"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELP",
                "help",
                " Help! ",
                "“Help”",
                "«help»",
                "\u00a0HELP\u00a0",
                "\u200bhelp\ufeff",
                "\u202ahelp\u202c",
                "HE\u00adLP",
                "Ｈｅｌｐ",
                "𝐇𝐄𝐋𝐏",
                "HÉLP?",
                "¿Help?",
                "help 🙏",
                "INFO",
                "info.",
                "ayuda",
                "AYÚDA",
                "AYU\u0301DA",
                "hilfe bitte",
                "Hilfe-Bitte!",
                "hilfebitte",
                "मदद!",
                "βοήθεια",
                "STRASSE",
                "ПОМОЩЬ"
            })
    void asksForHelp(String text) {
        assertThat(HELP.isAskedBy(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "?",
                "🙏",
                "help me",
                "please help",
                "helper",
                "hel p",
                "infos",
                "information",
                "I need help",
                "help help",
                "Help 1",
                "1 info",
                "h.e.l.p",
                "hilfe",
                "bitte hilfe",
                "bitte",
                "aide",
                "मदद करो",
                "STOP",
                "helpʼs on the way"
            })
    void asksForNothing(String text) {
        assertThat(HELP.isAskedBy(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "ayuda", "помощь"})
    void aTextOfManyWordsAsksForNothingHoweverLongItIs(String word) {
        assertThat(HELP.isAskedBy((word + " ").repeat(20_000))).isFalse();
    }
}
