package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegexTest {

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "^(a|a)*$", "(a*)*b", "(.*){1,30}[bc]", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void patternsThatRuinABacktrackerAreAnswered(String pattern) {
        InboundMessage message = Sample.text("a".repeat(10_000) + "!");
        assertThat(regex(pattern).test(message)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}",
                "(?:(?:(?:x{0,100}){0,100}){0,100}){0,100}",
                "(a)\\Q\\E{1000}\\Q\\E(b){1000}",
                "a{1000}",
                "x{0,1000}y",
                "\\pL{999,}",
            })
    void patternsThatAreLongWhenWrittenOutAreRefused(String pattern) {
        assertThat(refusal(pattern)).startsWith("when.value must be simpler");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "ᲀ",
                "\\ᲀ",
                "\\x{1c88}",
                "[a-😀]",
                "[^-😀]",
                "[\\x{80}-\\x{10FFFF}]",
                "[[:alpha:]a-余]",
                "[\\\\-余]",
                "(?i:[]-\\x{FFFF}])",
            })
    void patternsThatRe2jFoldsForeverAreRefused(String pattern) {
        assertThat(refusal(pattern)).startsWith("when.value must not contain U+1C80 to U+1C88");
    }

    @ParameterizedTest(name = "{0} finds \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "[一-龥]+            | 余额",
                "[а-яё]+             | БАЛАНС",
                "余额-\\d            | 余额-7",
                "[0-9]\\-余          | 7-余",
                "[😀-🙏]             | 😂",
                "[^\\x00-\\x7f]      | é",
                "\\p{Greek}+         | ΟΔΟΣ",
                "(?s)a.b             | A\u0085B",
                "\\Qa.b\\E           | A.B",
                "[a-z]{2}\\d{4}(\\d{4}){3} | GB2912341234123412",
            })
    void ordinaryPatternsAreNot(String pattern, String text) {
        assertThat(regex(pattern).test(Sample.text(text))).isTrue();
    }

    @Test
    void theLargestPatternsLeaveRoomOnTheStack() throws Exception {
        When when = regex("(?:(x?)(y?)){120}z");
        List<Boolean> answers = new ArrayList<>();
        Thread small = new Thread(null, () -> answers.add(when.test(Sample.text("x"))), "small stack", 256 * 1024);
        small.start();
        small.join();
        assertThat(answers).containsExactly(false);
    }

    @Test
    void noOtherLetterIsFoldedForever() {
        // What RegexHazards knows about RE2/J; a Java with newer letters may need more. A hang fails by the timeout.
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String letter = Character.toString(c);
            boolean cased = !letter.toLowerCase(Locale.ROOT).equals(letter.toUpperCase(Locale.ROOT));
            if (cased && !RegexHazards.mayFoldForever(letter)) {
                assertThat(Pattern.compile(letter, Pattern.CASE_INSENSITIVE)
                                .matcher(letter)
                                .find())
                        .isTrue();
            }
        }
    }

    @Test
    void noLetterOfATextIsFoldedForever() {
        StringBuilder everything = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            everything.appendCodePoint(c);
        }
        assertThat(regex("k\\d+x|[a-z]9|\\p{Cyrillic}\\d").test(Sample.text(everything.toString())))
                .isFalse();
    }

    @Test
    void allPatternsOfAConditionShareABudget() {
        ArrayNode all = Sample.JSON.createArrayNode();
        for (int i = 0; i < 3; i++) {
            all.add(leaf("a{900}"));
        }
        List<String> errors = new ArrayList<>();
        PredicateParser.parse(
                Sample.JSON.createObjectNode().set("all", all), "when", (path, message) -> errors.add(path));
        assertThat(errors).containsExactly("when.all[2].value");
    }

    @ParameterizedTest(name = "{0} in \"{1}\" → {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{'field':'text','op':'regex','value':'^pay (\\\\d+)( now)?'} | PAY 500 | [PAY 500, 500, null]",
                "{'field':'text','op':'regex','value':'pay (.*)'} | pay Cafe\u0301 | [pay Café, Café]",
                "{'any':[{'field':'text','op':'regex','value':'x(.)'},{'field':'text','op':'regex','value':'y(.)'}]} | YZ | [YZ, Z]",
                "{'any':[{'all':[{'field':'text','op':'regex','value':'y(.)'},{'field':'sim','op':'equals','value':9}]},{'field':'text','op':'regex','value':'(.)z'}]} | YZ | [YZ, Y]",
                "{'all':[{'field':'text','op':'keyword','value':'yz'},{'field':'from','op':'regex','value':'^91(\\\\d\\\\d)'}]} | YZ | [9198, 98]",
                "{'not':{'not':{'field':'text','op':'regex','value':'y(.)'}}} | YZ | []",
                "{'field':'text','op':'keyword','value':'yz'} | YZ | []",
                "{'field':'text','op':'regex','value':'q(.)'} | YZ | []",
            })
    void theGroupsOfTheFirstRegexThatMadeItMatchAreThere(String when, String text, String groups) {
        Subject subject = Subject.of(Sample.text(text));
        assertThat(Sample.when(when).predicate().groups(subject)).hasToString(groups);
    }

    private static When regex(String pattern) {
        return Sample.when(leaf(pattern).toString());
    }

    private static String refusal(String pattern) {
        StringBuilder errors = new StringBuilder();
        PredicateParser.parse(leaf(pattern), "when", (path, message) -> errors.append(path)
                .append(' ')
                .append(message));
        return errors.toString();
    }

    private static ObjectNode leaf(String pattern) {
        return Sample.JSON
                .createObjectNode()
                .put("field", "text")
                .put("op", "regex")
                .put("value", pattern);
    }
}
