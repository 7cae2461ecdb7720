package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What is not seen at the ends of a text decides nothing, unless a predicate is exact. */
class TrimmedTextTest {

    /** As phones, keyboards, messengers and web pages leave them behind. */
    static final List<String> AROUND = List.of(
            " ",
            "   ",
            "\t",
            "\n",
            "\r\n",
            "\u00a0",
            "\u202f",
            "\u2009",
            "\u200a",
            "\u3000",
            "\u2028",
            "\u0085",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u200e",
            "\u200f",
            "\ufeff",
            "\u2060",
            "\u00ad",
            "\u061c",
            "\u202a",
            "\u202e",
            "\u2066",
            "\u2069",
            "\u180e",
            "\u034f",
            "\u3164",
            "\u2800",
            "\ufe0f",
            "\u0000",
            "\u001f",
            " \u200b\ufeff\n",
            "\udb40\udc41");

    private static boolean test(String op, String value, String text, boolean exact) {
        ObjectNode leaf = Sample.JSON.createObjectNode().put("field", "text").put("op", op);
        if (op.equals("in")) {
            leaf.putArray("value").add("other").add(value);
        } else {
            leaf.put("value", value);
        }
        if (exact) {
            leaf.put("exact", true);
        }
        return Sample.when(leaf.toString()).test(Sample.text(text));
    }

    @ParameterizedTest
    @FieldSource("AROUND")
    void itIsNotCompared(String unseen) {
        String text = unseen + "Balance" + unseen;
        for (String op : List.of("equals", "in", "startsWith", "endsWith", "keyword")) {
            assertThat(test(op, "balance", text, false)).as(op).isTrue();
            assertThat(test(op, unseen + "BALANCE" + (op.equals("startsWith") ? "" : unseen), "balance", false)
                            || op.equals("endsWith"))
                    .as("%s with the value around", op)
                    .isTrue();
        }
        assertThat(test("endsWith", "balance" + unseen, "balance", false)).isTrue();
        assertThat(test("equals", "", unseen, false)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("AROUND")
    void itIsComparedWhereAPredicateIsExact(String unseen) {
        String text = unseen + "Balance" + unseen;
        for (String op : List.of("equals", "in", "startsWith", "endsWith")) {
            assertThat(test(op, "balance", text, true)).as(op).isFalse();
            assertThat(test(op, "BALANCE", "balance", true)).as(op).isTrue();
            assertThat(test(op, text, text, true)).as(op).isTrue();
        }
        assertThat(test("keyword", "balance", text, true)).isFalse();
    }

    @ParameterizedTest(name = "\"{1}\" {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "startsWith 'PAY '       | payment        | false",
                "startsWith 'PAY '       | ' pay 5'       | true ",
                "startsWith 'PAY '       | 'pay '         | true ",
                "startsWith 'PAY '       | pay            | false",
                "endsWith ' now'         | 'pay now '     | true ",
                "endsWith ' now'         | 'payunknow'    | false",
                "endsWith ' now'         | now            | false",
                "startsWith '❤\ufe0f'    | '❤\ufe0f yes'  | true ",
                "equals '❤\ufe0f'        | ❤              | true ",
                "equals '🏴'             | 🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f | false",
                "contains ' '            | ' pay '        | true ",
                "contains ' '            | pay            | false",
                "equals 'a b'            | 'a  b'         | false",
                "equals 'ab'             | a\u200bb       | false",
            })
    void whatStandsWithinCounts(String question, String text, boolean expected) {
        String[] parts = question.split(" ", 2);
        assertThat(Sample.when("{'field':'text','op':'" + parts[0] + "','value':" + parts[1] + "}")
                        .test(Sample.text(text)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "\"{1}\" exact keyword {0} → {2}")
    @CsvSource({
        "#1, '#1 please', true",
        "#1, '1 please', false",
        "stop!, STOP!, true",
        "stop, STOP!, false",
        "stop, ' stop', false",
        "stop, stop\u00a0now, true",
        "check-in, Check-in at 5, true",
        "check-in, checkin at 5, false",
    })
    void anExactKeywordIsTheTextUpToItsFirstWhiteSpace(String word, String text, boolean expected) {
        assertThat(test("keyword", word, text, true)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'field':'from','op':'equals','value':'1','exact':true}      | when.exact must be omitted here",
                "{'field':'text','op':'contains','value':'1','exact':true}    | when.exact must be omitted here",
                "{'field':'text','op':'regex','value':'1','exact':true}       | when.exact must be omitted here",
                "{'field':'text','op':'exists','exact':true}                  | when.exact must be omitted here",
                "{'field':'text','op':'equals','value':'1','exact':'yes'}     | when.exact must be true or false",
                "{'field':'text','op':'startsWith','value':' '}               | when.value has nothing that is seen",
                "{'field':'text','op':'endsWith','value':'\u200b'}            | when.value has nothing that is seen",
                "{'field':'text','op':'keyword','value':'a b','exact':true}   | when.value must be a single word",
                "{'field':'text','op':'keyword','value':'','exact':true}      | when.value must be a single word",
            })
    void whatMeansNothingIsRefused(String when, String fault) {
        List<String> faults = new ArrayList<>();
        PredicateParser.parse(Sample.json(when), "when", (path, message) -> faults.add(path + " " + message));

        assertThat(faults).singleElement().asString().startsWith(fault);
    }

    @Test
    void aBlankBeginningThatWasSetBeforeStillMeansIt() {
        When stored = PredicateParser.parseStored(
                        Sample.json("{'field':'text','op':'startsWith','value':' '}"), "when", (path, message) -> {})
                .orElseThrow();

        assertThat(stored.test(Sample.text(" pay"))).isTrue();
        assertThat(stored.test(Sample.text("pay"))).isFalse();
    }
}
