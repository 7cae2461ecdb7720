package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words by which customers stop replies, as they write them. */
class OptOutWordsTest {

    private static final OptOutWords STANDARD = TenantWords.standard("ten_1").words();
    private static final OptOutWords ENGLISH = OptOutWords.of(List.of(), List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                "Stop",
                "STOPALL",
                "UNSUBSCRIBE",
                "CANCEL",
                "END",
                "QUIT",
                "REVOKE",
                "OPTOUT",
                "ARRET",
                " stop ",
                "stop\n",
                "\u00a0STOP\u00a0",
                "\u200bstop\ufeff",
                "\u202astop\u202c",
                "STOP.",
                "stop!!!",
                "STOP?",
                "\"STOP\"",
                "'stop'",
                "“Stop”",
                "«STOP»",
                "‘stop’",
                "(stop)",
                "[STOP]",
                "*stop*",
                "_stop_",
                "<stop>",
                "- stop -",
                "…stop…",
                "¡stop!",
                "stop,",
                "stop;",
                "„Stop“",
                "opt out",
                "OPT-OUT",
                "Opt  Out",
                "opt\u00a0out",
                "opt_out",
                "stop all",
                "STOP ALL!",
                "Stop-all",
                "ARRÊT",
                "arrêt",
                "ARRE\u0302T",
                "Arrêt !",
                "ＳＴＯＰ",
                "ｓｔｏｐ！",
                "S\u00adTOP",
                "ST\u200bOP",
                "STOP 🛑",
                "𝐒𝐓𝐎𝐏",
                "Ⓢⓣⓞⓟ"
            })
    void stopsWhateverIsAroundIt(String text) {
        assertThat(ENGLISH.in(text)).isEqualTo(OptOutWord.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "START",
                "start",
                " Start. ",
                "\"start\"",
                "ＳＴＡＲＴ",
                "UNSTOP",
                "unstop!",
                "\u200eunstop",
                "opt in",
                "OPT-IN",
                "optin",
                "'Start'",
                "¡START!",
                "start\r\n",
                "\ufeffSTART",
                "(start)",
                "Start…",
                "*START*",
                "un\u00adstop",
                "STÁRT"
            })
    void startsWhateverIsAroundIt(String text) {
        assertThat(ENGLISH.in(text)).isEqualTo(OptOutWord.START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "!",
                "🛑",
                "stop it",
                "please stop",
                "Stop 1",
                "1 stop",
                "don't stop",
                "STOP STOP",
                "stopp it",
                "s t o p",
                "stopping",
                "nonstop",
                "bus stop",
                "stop the order 4711",
                "the end",
                "end of May",
                "cancel my order",
                "quit?no",
                "opt me out",
                "out opt",
                "all stop",
                "can cel",
                "st op",
                "start now",
                "restart",
                "STOP/START",
                "st0p",
                "stop.start",
                "I would like to stop receiving these messages at once, please",
                "Stopover",
                "ΣΤΑΡΤ it"
            })
    void aWordInsideASentenceIsNoOptOut(String text) {
        assertThat(STANDARD.in(text)).isEqualTo(OptOutWord.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BAJA",
                "Baja.",
                "alto",
                "Stopp!",
                "ABMELDEN",
                "desabonner",
                "Désabonner",
                "désinscrire",
                "СТОП",
                "стоп.",
                "ΣΤΟΠ",
                "Στόπ",
                "RET",
                "iptal",
                "İPTAL",
                "إيقاف",
                "توقف",
                "הסר",
                "बंद",
                "बंद करो",
                "退订",
                "停止",
                "수신거부",
                "sair",
                "SAIR!",
                "wypisz",
                "rezygnuję",
                "hủy",
                "Từ chối",
                "หยุด",
                "berhenti",
                "disiscrivi",
                "afmelden",
                "відписатися"
            })
    void stopsInTheLanguagesThatThereAre(String text) {
        assertThat(STANDARD.in(text)).isEqualTo(OptOutWord.STOP);
        assertThat(ENGLISH.in(text)).isEqualTo(OptOutWord.NONE);
    }

    @ParameterizedTest
    @EnumSource(OptOutLanguage.class)
    void aLanguageHasWordsOfItsOwnWhichMeanOneThing(OptOutLanguage language) {
        OptOutWords words = OptOutWords.of(List.of(language), List.of(), List.of());

        assertThat(language.stops()).isNotEmpty().allMatch(word -> words.in(word) == OptOutWord.STOP);
        assertThat(language.starts())
                .isNotEmpty()
                .allMatch(word -> words.in(word) == OptOutWord.START)
                .allMatch(word -> STANDARD.in(word) == OptOutWord.START);
    }

    @Test
    void aTenantsOwnWordsCountBesideThem() {
        OptOutWords words =
                OptOutWords.of(List.of(OptOutLanguage.SPANISH), List.of("No more", "Ende"), List.of("Come back"));

        assertThat(words.in("nomore")).isEqualTo(OptOutWord.STOP);
        assertThat(words.in("NO MORE!")).isEqualTo(OptOutWord.STOP);
        assertThat(words.in("\"ende\"")).isEqualTo(OptOutWord.STOP);
        assertThat(words.in("come-back")).isEqualTo(OptOutWord.START);
        assertThat(words.in("baja")).isEqualTo(OptOutWord.STOP);
        assertThat(words.in("stopp")).isEqualTo(OptOutWord.NONE);
        assertThat(words.in("stop")).isEqualTo(OptOutWord.STOP);
    }

    @Test
    void muchPunctuationIsNoWord() {
        assertThat(STANDARD.in("stop" + "!".repeat(150))).isEqualTo(OptOutWord.STOP);
        assertThat(STANDARD.in("stop" + "!".repeat(9_000))).isEqualTo(OptOutWord.NONE);
        assertThat(STANDARD.in(" ".repeat(9_000) + "stop")).isEqualTo(OptOutWord.STOP);
    }
}
